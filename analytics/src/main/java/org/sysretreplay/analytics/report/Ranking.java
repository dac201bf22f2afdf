package org.sysretreplay.analytics.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.emulator.Outcome;

/**
 * The order in which the workloads of a report are shown, and how many of them.
 *
 * @param top how many to show; all if empty
 */
public record Ranking(Order order, OptionalInt top) {

  /** All workloads by name. */
  public static final Ranking USUAL = new Ranking(Order.NAME, OptionalInt.empty());

  /** What workloads are ordered by; equal ones are ordered by name. */
  public enum Order {
    NAME(Comparator.comparing(it -> 0)),
    /** The most misses first. */
    MISSES(Comparator.comparing(it -> -it.count(Outcome.IRET_MISS))),
    /** The lowest SYSRET share first; a workload without exits has none and comes last. */
    SHARE(Comparator.comparing(it -> it.sysretShare().value().orElse(2))),
    /** The most exits first. */
    EXITS(Comparator.comparing(it -> -it.exits()));

    private final Comparator<OutcomeCounts> counts;

    Order(Comparator<OutcomeCounts> counts) {
      this.counts = counts;
    }
  }

  /**
   * With more workloads than this, only some get a section of their own, unless the user asks for
   * more.
   */
  private static final int MANY = 20;

  /** How many workloads get a section of their own then. */
  static final int SOME = 10;

  /**
   * The workloads that get a section of their own: all of them, or, if there are very many, those
   * with the most misses.
   *
   * @param shown the workloads in the overview
   */
  Report detailed(Report shown) {
    if (top.isPresent() || shown.workloads().size() <= MANY) {
      return shown;
    }
    List<String> most = new Ranking(Order.MISSES, OptionalInt.of(SOME)).shown(shown);
    return shown.of(shown.workloads().keySet().stream().filter(most::contains).toList());
  }

  /**
   * The workloads of a report that are shown, in their order; the counts of all models are added
   * up.
   */
  List<String> shown(Report report) {
    Map<String, OutcomeCounts> counts = new HashMap<>();
    report
        .rows()
        .forEach(
            it ->
                counts.merge(
                    it.group().workload(), OutcomeCounts.of(it.tally()), OutcomeCounts::plus));
    Comparator<String> ranked =
        Comparator.comparing(it -> counts.getOrDefault(it, OutcomeCounts.NONE), order.counts);
    return report.workloads().keySet().stream()
        .sorted(ranked.thenComparing(Comparator.naturalOrder()))
        .limit(top.orElse(Integer.MAX_VALUE))
        .toList();
  }
}
