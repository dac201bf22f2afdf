package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.emulator.Outcome;

/**
 * The columns of a table that say how exits left the kernel, and both rates. The outcomes of a row
 * add up to its exits; SYSRET and IRET_MISS add up to the checked ones.
 */
public final class OutcomeColumns {

  public static final String HIT_RATE_SENTENCE =
      "SYSRET of the exits whose registers were checked.";
  public static final String SHARE_SENTENCE =
      "SYSRET and FAST_SYSRET of all exits, checked or not.";

  private static final int BAR_WIDTH = 12;

  /** Leaves room for the rates of a workload's own kernel. */
  private static final int SHORTEST_BAR_WIDTH = 6;

  private static final Set<Outcome> OF_CHECKED = EnumSet.of(Outcome.SYSRET, Outcome.IRET_MISS);

  private final Set<Outcome> outcomes;
  private final boolean withOwn;
  private final Bar bar;

  /**
   * The columns of a table.
   *
   * @param all what all its rows add up to
   * @param unicode whether the reader's terminal shows block characters
   */
  OutcomeColumns(OutcomeCounts all, boolean unicode) {
    this(all, unicode, false);
  }

  /**
   * The same, and what a workload's own kernel does beside them.
   *
   * @param withOwn whether that is wanted
   */
  OutcomeColumns(OutcomeCounts all, boolean unicode, boolean withOwn) {
    outcomes = shown(all);
    this.withOwn = withOwn;
    bar = new Bar(withOwn ? SHORTEST_BAR_WIDTH : BAR_WIDTH, unicode);
  }

  /**
   * What occurred, and SYSRET and IRET_MISS in any case; a column of other zeros would be in the
   * way.
   */
  static Set<Outcome> shown(OutcomeCounts counts) {
    Set<Outcome> shown = EnumSet.copyOf(OF_CHECKED);
    shown.addAll(counts.counts().keySet());
    return shown;
  }

  /** Whether SYSRET and IRET are all that there is. */
  static boolean allChecked(OutcomeCounts counts) {
    return OF_CHECKED.containsAll(counts.counts().keySet());
  }

  void addTo(TextTable table) {
    table.right("exits");
    if (outcomes.equals(OF_CHECKED)) {
      table.right("SYSRET").right("IRET");
    } else {
      outcomes.forEach(it -> table.right(it.name().replace("_", "_\n")));
    }
    table.right("hit\nrate").right("SYSRET\nshare");
    if (withOwn) {
      table.right("own\nhit\nrate").right("own\nSYSRET\nshare");
    }
    table.bar();
  }

  /** The cells of a row, and before its bar the rates of the workload's own kernel. */
  List<String> cells(OutcomeCounts counts, OutcomeCounts own) {
    List<String> cells = cells(counts);
    if (withOwn) {
      cells.addAll(cells.size() - 1, List.of(own.hitRate().percent(), own.sysretShare().percent()));
    }
    return cells;
  }

  List<String> cells(OutcomeCounts counts) {
    List<String> cells = new ArrayList<>(List.of(number(counts.exits())));
    outcomes.forEach(it -> cells.add(number(counts.count(it))));
    cells.add(counts.hitRate().percent());
    Ratio share = counts.sysretShare();
    cells.add(share.percent());
    cells.add(bar.of(share));
    return cells;
  }
}
