package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.TimeUnits;

/**
 * The SYSRET share over time.
 *
 * @param startNanos when the first mark begins, by the recorder's clock
 * @param markNanos how much time a mark stands for
 * @param shares one for each mark; those without an exit are ratios of nothing
 */
record TimeLine(long startNanos, long markNanos, List<Ratio> shares) {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /**
   * The time line of some rows; none where they are not grouped by time, or all of one time.
   *
   * @param most how many marks there can be; they stand for more time where there would be more
   */
  static Optional<TimeLine> of(List<GroupColumn> by, List<Report.Row> rows, int most) {
    return by.stream()
        .filter(GroupColumn::isTime)
        .findFirst()
        .flatMap(it -> of(counts(by.indexOf(it), rows), it, most));
  }

  private static TreeMap<Long, OutcomeCounts> counts(int time, List<Report.Row> rows) {
    TreeMap<Long, OutcomeCounts> counts = new TreeMap<>();
    for (Report.Row row : rows) {
      if (row.group().by().get(time) instanceof Long start) {
        counts.merge(start, OutcomeCounts.of(row.tally()), OutcomeCounts::plus);
      }
    }
    return counts;
  }

  private static Optional<TimeLine> of(
      TreeMap<Long, OutcomeCounts> counts, GroupColumn column, int most) {
    if (counts.size() < 2) {
      return Optional.empty();
    }
    boolean windows = column.kind() == Kind.WINDOW;
    // From one time to the next, in the unit of the values.
    long step = windows ? column.nanos() : 1;
    long first = counts.firstKey();
    long last = (counts.lastKey() - first) / step;
    long together = last / most + 1;
    int marks = (int) (last / together) + 1;
    List<OutcomeCounts> sums = new ArrayList<>(Collections.nCopies(marks, OutcomeCounts.NONE));
    counts.forEach(
        (time, some) -> {
          int mark = (int) ((time - first) / step / together);
          sums.set(mark, sums.get(mark).plus(some));
        });
    long unit = windows ? 1 : NANOS_PER_SECOND;
    return Optional.of(
        new TimeLine(
            first * unit,
            step * together * unit,
            sums.stream().map(OutcomeCounts::sysretShare).toList()));
  }

  void write(Page page, Screen screen) {
    page.paragraph(
        "SYSRET share over time, from 0 to 100 %%: a mark is %s, the first from %s s on by the recorder's clock"
            .formatted(TimeUnits.text(markNanos), Clock.seconds(startNanos)));
    page.line(" " + Sparkline.of(shares, screen.unicode())).space();
  }
}
