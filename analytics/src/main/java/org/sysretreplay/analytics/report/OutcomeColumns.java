package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Outcome;

/**
 * The columns of a table that show the outcomes of exits, both rates, the main cause of misses, and
 * the SYSRET share as a bar. The outcomes of a row add up to its exits; SYSRET and IRET_MISS add up
 * to the checked exits.
 */
public final class OutcomeColumns {

  public static final String HIT_RATE_SENTENCE =
      "SYSRET of the exits whose registers were checked.";
  public static final String SHARE_SENTENCE =
      "SYSRET and FAST_SYSRET of all exits, checked or not.";

  private static final Set<Outcome> OF_CHECKED = EnumSet.of(Outcome.SYSRET, Outcome.IRET_MISS);

  /** Which rates of a workload's own kernel are shown as well. */
  enum Own {
    NOTHING,
    SHARE,
    BOTH_RATES
  }

  private final Set<Outcome> outcomes;
  private final boolean anyMiss;
  private final Own own;
  private final boolean sampled;
  private final Bar bar;

  /**
   * The columns of a table.
   *
   * @param all what all its rows add up to
   * @param sampled whether all of these exits are of samples
   */
  OutcomeColumns(Tally all, Own own, boolean sampled, Bar bar) {
    outcomes = shown(OutcomeCounts.of(all));
    anyMiss = all.count(Outcome.IRET_MISS) > 0;
    this.own = own;
    this.sampled = sampled;
    this.bar = bar;
  }

  /** The outcomes to show: those that occurred, and always SYSRET and IRET_MISS. */
  static Set<Outcome> shown(OutcomeCounts counts) {
    Set<Outcome> shown = EnumSet.copyOf(OF_CHECKED);
    shown.addAll(counts.counts().keySet());
    return shown;
  }

  /** Whether no outcome but SYSRET and IRET_MISS occurred. */
  static boolean allChecked(OutcomeCounts counts) {
    return OF_CHECKED.containsAll(counts.counts().keySet());
  }

  /** Adds the columns to a table; that of the cause is dropped if there is no room. */
  void addTo(TextTable table) {
    table.right(SampledText.exits(sampled).replace(' ', '\n'));
    if (outcomes.equals(OF_CHECKED)) {
      table.right("SYSRET").right("IRET");
    } else {
      outcomes.forEach(it -> table.right(it.name().replace("_", "_\n")));
    }
    table.right("hit\nrate").right("SYSRET\nshare");
    if (own == Own.BOTH_RATES) {
      table.right("own\nhit\nrate");
    }
    if (own != Own.NOTHING) {
      table.right("own\nSYSRET\nshare");
    }
    if (anyMiss) {
      table.extra("main\ncause");
    }
    table.bar(Ink.GREEN);
  }

  /** The cells of a row in a table without own kernels. */
  List<String> cells(Tally tally) {
    return cells(tally, OutcomeCounts.NONE, sampled);
  }

  /**
   * The cells of a row.
   *
   * @param ofOwn what the kernels do that its exits were recorded on
   * @param isSampled whether any of its exits are of a sample
   */
  List<String> cells(Tally tally, OutcomeCounts ofOwn, boolean isSampled) {
    OutcomeCounts counts = OutcomeCounts.of(tally);
    List<String> cells = new ArrayList<>(List.of(number(counts.exits())));
    outcomes.forEach(it -> cells.add(number(counts.count(it))));
    cells.add(counts.hitRate().percent());
    cells.add(SampledText.percent(counts.sysretShare(), isSampled, bar.unicode()));
    if (own == Own.BOTH_RATES) {
      cells.add(ofOwn.hitRate().percent());
    }
    if (own != Own.NOTHING) {
      cells.add(ofOwn.sysretShare().percent());
    }
    if (anyMiss) {
      cells.add(Finding.of(tally).cause().map(it -> it.what().name()).orElse(""));
    }
    cells.add(bar.of(counts.sysretShare()));
    return cells;
  }
}
