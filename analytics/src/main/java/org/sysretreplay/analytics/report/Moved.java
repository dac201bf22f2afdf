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
 * What the difference of two SYSRET shares is made of: steps that add up to it exactly.
 *
 * @param steps the largest first, none that is zero
 */
public record Moved(List<Step> steps) {

  public Moved {
    steps = List.copyOf(steps);
  }

  /**
   * Exits that do not return by SYSRET, and why.
   *
   * @param what a cause, a reason or an outcome; of exits that were judged twice, whether they are
   *     new hits or lost ones, too
   * @param base how many of the base's exits they are
   * @param other how many of the other side's
   */
  public record Step(String what, Ratio base, Ratio other) {

    /** How far it raises the SYSRET share. */
    public Points effect() {
      return new Points(other, base);
    }

    private double size() {
      return Math.abs(effect().value().orElse(0));
    }
  }

  /** By what makes exits unfit for SYSRET; of a workload that both sides have exits of. */
  public static Moved byCause(ComparedWorkload row) {
    return row.transitions().map(Moved::ofModels).orElseGet(() -> ofRuns(row, Tally::causes));
  }

  /** By the check that fails first; empty of exits that were judged twice. */
  public static Optional<Moved> byReason(ComparedWorkload row) {
    return row.transitions().isPresent()
        ? Optional.empty()
        : Optional.of(ofRuns(row, Tally::firstMisses));
  }

  private static Moved of(List<Step> steps) {
    return new Moved(
        steps.stream()
            .filter(it -> it.size() > 0)
            .sorted(Comparator.comparing(it -> -it.size()))
            .toList());
  }

  private static Moved ofModels(Transitions transitions) {
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

  /** Every cause, and at last none. */
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

  private static <E extends Enum<E>> Moved ofRuns(
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
