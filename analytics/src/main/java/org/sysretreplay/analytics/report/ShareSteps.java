package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

/**
 * The difference of two SYSRET shares, split into steps that add up to it exactly.
 *
 * @param steps the largest first; none is zero
 */
public record ShareSteps(List<Step> steps) {

  public ShareSteps {
    steps = List.copyOf(steps);
  }

  /**
   * One part of the difference: exits that do not return by SYSRET for one reason.
   *
   * @param what the name of a cause, reason or outcome; if exits were judged twice, it also says
   *     whether they are new or lost hits
   * @param base their share of the base's exits
   * @param other their share of the other side's exits
   */
  public record Step(String what, Ratio base, Ratio other) {

    /** By how much the step raises the SYSRET share. */
    public Points effect() {
      return new Points(other, base);
    }

    private double size() {
      return Math.abs(effect().value().orElse(0));
    }
  }

  /**
   * Splits the difference by cause.
   *
   * @param row a workload that has exits on both sides
   */
  public static ShareSteps byCause(ComparedWorkload row) {
    return row.transitions().map(ShareSteps::ofModels).orElseGet(() -> ofRuns(row, Tally::causes));
  }

  /** Splits the difference by the check that fails first; empty if exits were judged twice. */
  public static Optional<ShareSteps> byReason(ComparedWorkload row) {
    return row.transitions().isPresent()
        ? Optional.empty()
        : Optional.of(ofRuns(row, Tally::firstMisses));
  }

  private static ShareSteps of(List<Step> steps) {
    return new ShareSteps(
        steps.stream()
            .filter(it -> it.size() > 0)
            .sorted(Comparator.comparing(it -> -it.size()))
            .toList());
  }

  private static ShareSteps ofModels(Transitions transitions) {
    List<Step> steps = new ArrayList<>();
    long exits = transitions.count(it -> true);
    Ratio none = new Ratio(0, exits);
    causes()
        .forEach(
            cause -> {
              long found = count(transitions, Change::isNewHit, cause);
              long lost = count(transitions, Change::isLostHit, cause);
              steps.add(new Step("new hits: " + name(cause), new Ratio(found, exits), none));
              steps.add(new Step("lost hits: " + name(cause), none, new Ratio(lost, exits)));
            });
    return of(steps);
  }

  /** Every cause, and last the empty one for exits without a cause. */
  private static Stream<Optional<Cause>> causes() {
    return Stream.concat(Stream.of(Cause.values()).map(Optional::of), Stream.of(Optional.empty()));
  }

  private static String name(Optional<Cause> cause) {
    return cause.map(Cause::name).orElse("no cause");
  }

  private static long count(
      Transitions transitions, Predicate<Change> which, Optional<Cause> cause) {
    return transitions.count(which.and(it -> it.cause().equals(cause)));
  }

  private static <E extends Enum<E>> ShareSteps ofRuns(
      ComparedWorkload row, Function<Tally, Map<E, Long>> misses) {
    Tally base = row.base().orElseThrow().tally();
    Tally other = row.other().orElseThrow().tally();
    Map<E, Long> ofBase = misses.apply(base);
    Map<E, Long> ofOther = misses.apply(other);
    List<Step> steps = new ArrayList<>();
    Stream.concat(ofBase.keySet().stream(), ofOther.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            it ->
                steps.add(
                    new Step(
                        it.name(),
                        new Ratio(ofBase.getOrDefault(it, 0L), base.exits()),
                        new Ratio(ofOther.getOrDefault(it, 0L), other.exits()))));
    for (Outcome outcome : List.of(Outcome.IRET_ROUTE, Outcome.ERETU)) {
      steps.add(new Step(outcome.name(), of(base, outcome), of(other, outcome)));
    }
    return of(steps);
  }

  private static Ratio of(Tally tally, Outcome outcome) {
    return new Ratio(OutcomeCounts.of(tally).count(outcome), tally.exits());
  }
}
