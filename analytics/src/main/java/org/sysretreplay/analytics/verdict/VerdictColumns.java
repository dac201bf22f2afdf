package org.sysretreplay.analytics.verdict;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.analytics.verdict.Column.Type;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;

/** The columns that every row with a verdict has; their keys are a contract. */
public final class VerdictColumns {

  private VerdictColumns() {}

  /** The columns, for rows from which {@code verdict} gets the verdict. */
  public static <R> List<Column<R>> of(Function<R, Verdict> verdict) {
    return List.of(
        new Column<>(
            "outcome",
            Type.TEXT,
            false,
            "How the model returns.",
            verdict.andThen(it -> it.outcome().name())),
        new Column<>(
            "first_miss",
            Type.TEXT,
            true,
            "The first check that failed; null where none did, or none was made.",
            verdict.andThen(it -> it.firstMiss().map(MissReason::name).orElse(null))),
        new Column<>(
            "all_miss",
            Type.NAMES,
            false,
            "All checks that failed, in the order of their list.",
            verdict.andThen(VerdictColumns::allMisses)));
  }

  private static List<String> allMisses(Verdict verdict) {
    return verdict.allMisses().isEmpty()
        ? List.of()
        : Stream.of(MissReason.values())
            .filter(verdict.allMisses()::contains)
            .map(MissReason::name)
            .toList();
  }
}
