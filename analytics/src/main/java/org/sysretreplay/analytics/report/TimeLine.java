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
 * @param startNanos the start of the first mark in nanoseconds, by the recorder's clock
 * @param markNanos the time that each mark covers, in nanoseconds
 * @param shares one for each mark; a ratio of nothing where there was no exit
 */
record TimeLine(long startNanos, long markNanos, List<Ratio> shares) {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /**
   * The time line of some rows; empty if they are not grouped by time, all have the same time, or
   * lie farther apart than can be counted.
   *
   * @param most the most marks to draw; with more times, each mark covers several
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
    // The distance from one value to the next, in the unit of the values.
    long step = windows ? column.nanos() : 1;
    long first = counts.firstKey();
    // Each value is a multiple of the step, and the quotients lie less far apart than the values.
    long last = counts.lastKey() / step - first / step;
    if (last < 0) {
      return Optional.empty();
    }
    long together = last / most + 1;
    int marks = (int) (last / together) + 1;
    List<OutcomeCounts> sums = new ArrayList<>(Collections.nCopies(marks, OutcomeCounts.NONE));
    counts.forEach(
        (time, some) -> {
          int mark = (int) ((time / step - first / step) / together);
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
            .formatted(TimeUnits.text(markNanos), ClockText.seconds(startNanos)));
    page.line(" " + Sparkline.of(shares, screen.unicode())).space();
  }
}
