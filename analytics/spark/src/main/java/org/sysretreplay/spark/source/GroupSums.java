package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** The sums of each group: how many rows, and how many exits these stand for. */
final class GroupSums implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The sums by the values of a group: a String, a Long or null for each column. */
  private final Map<List<Object>, long[]> groups = new LinkedHashMap<>();

  /**
   * Adds frames to a group.
   *
   * @throws ArithmeticException if the number of exits overflows
   */
  void add(List<Object> group, long rows, long exits) {
    long[] sum = groups.computeIfAbsent(group, it -> new long[2]);
    sum[0] += rows;
    sum[1] = Math.addExact(sum[1], exits);
  }

  /** Adds all groups of the other. */
  GroupSums plus(GroupSums other) {
    other.groups.forEach((group, sum) -> add(group, sum[0], sum[1]));
    return this;
  }

  /** A row for each group; without columns to group by there is always one row. */
  List<InternalRow> rows(CountAggregation counting) {
    if (counting.by().isEmpty()) {
      add(List.of(), 0, 0);
    }
    List<InternalRow> rows = new ArrayList<>();
    groups.forEach((group, sum) -> rows.add(row(group, sum[0], sum[1], counting)));
    return rows;
  }

  private static InternalRow row(
      List<Object> group, long rows, long exits, CountAggregation counting) {
    List<Object> row = new ArrayList<>(group);
    for (CountAggregation.Measure measure : counting.measures()) {
      row.add(
          switch (measure) {
            case ROWS -> (Long) rows;
            // In SQL the sum of no rows is null.
            case EXITS -> rows == 0 ? null : (Long) exits;
          });
    }
    return SmallRows.row(row);
  }
}
