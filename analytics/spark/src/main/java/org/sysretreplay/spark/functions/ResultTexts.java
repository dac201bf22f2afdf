package org.sysretreplay.spark.functions;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

/** The results of functions as Spark's texts, made once for each constant. */
final class ResultTexts {

  private static final UTF8String[] OUTCOMES = names(Outcome.values());
  private static final UTF8String[] REASONS = names(MissReason.values());
  private static final UTF8String[] CAUSES = names(Cause.values());

  private ResultTexts() {}

  private static UTF8String[] names(Enum<?>[] constants) {
    return Stream.of(constants)
        .map(it -> UTF8String.fromString(it.name()))
        .toArray(UTF8String[]::new);
  }

  static UTF8String outcome(Verdict verdict) {
    return OUTCOMES[verdict.outcome().ordinal()];
  }

  /** The first reason; null if there is none. */
  static UTF8String firstMiss(Verdict verdict) {
    Optional<MissReason> reason = verdict.firstMiss();
    return reason.isPresent() ? REASONS[reason.get().ordinal()] : null;
  }

  /** All reasons in the order of {@link MissReason}; empty if there is none. */
  static ArrayData allMisses(Verdict verdict) {
    return new GenericArrayData(
        Stream.of(MissReason.values())
            .filter(verdict.allMisses()::contains)
            .map(it -> REASONS[it.ordinal()])
            .toArray());
  }

  static UTF8String cause(Cause cause) {
    return CAUSES[cause.ordinal()];
  }
}
