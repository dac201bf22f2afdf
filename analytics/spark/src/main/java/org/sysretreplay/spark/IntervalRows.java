package org.sysretreplay.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.report.Fleet;
import org.sysretreplay.analytics.report.Interval;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.ReportColumn;

/** The SYSRET shares of a report's rows and their intervals, as Spark's rows. */
final class IntervalRows {

  private static final Set<ReportColumn> KEPT =
      Set.of(ReportColumn.EXITS, ReportColumn.SYSRET_SHARE);

  private final Report report;
  private final StructType all;

  /** The indexes of the report's columns that are kept. */
  private final List<Integer> kept = new ArrayList<>();

  IntervalRows(Report report) {
    this.report = report;
    List<ReportColumn> columns = ReportColumn.of(report.question().by());
    all = new ReportRows(report.question().by()).schema();
    for (int i = 0; i < columns.size(); i++) {
      ReportColumn column = columns.get(i);
      boolean isName = column.type() == ReportColumn.Type.TEXT;
      if (isName || !column.isInEveryRow() || KEPT.contains(column)) {
        kept.add(i);
      }
    }
  }

  StructType schema() {
    StructType schema =
        new StructType(kept.stream().map(it -> all.fields()[it]).toArray(StructField[]::new));
    return schema
        .add("low", DataTypes.DoubleType, true, "The lower end of the share's interval.")
        .add("high", DataTypes.DoubleType, true, "The upper end of the share's interval.")
        .add("median", DataTypes.DoubleType, true, "The median of the shares of the same model.")
        .add("odd", DataTypes.BooleanType, false, "Whether the interval does not hold the median.");
  }

  List<Row> rows() {
    Map<String, List<Ratio>> shares = new HashMap<>();
    report
        .rows()
        .forEach(
            it ->
                shares
                    .computeIfAbsent(it.group().modelId(), key -> new ArrayList<>())
                    .add(share(it)));
    Map<String, Fleet> fleets = new HashMap<>();
    shares.forEach((model, of) -> fleets.put(model, Fleet.of(of)));
    ReportRows cells = new ReportRows(report.question().by());
    List<Row> rows = new ArrayList<>();
    List<ReportColumn.Row> sources = report.cells().toList();
    for (int i = 0; i < sources.size(); i++) {
      Report.Row row = report.rows().get(i);
      rows.add(row(cells.row(sources.get(i)), share(row), fleets.get(row.group().modelId())));
    }
    return rows;
  }

  private static Ratio share(Report.Row row) {
    return OutcomeCounts.sum(List.of(row.tally())).sysretShare();
  }

  private Row row(Row of, Ratio share, Fleet fleet) {
    Object[] cells = Arrays.copyOf(kept.stream().map(of::get).toArray(), kept.size() + 4);
    Optional<Interval> interval = fleet.interval(share);
    cells[kept.size()] = interval.map(Interval::low).orElse(null);
    cells[kept.size() + 1] = interval.map(Interval::high).orElse(null);
    cells[kept.size() + 2] = fleet.median().isPresent() ? fleet.median().getAsDouble() : null;
    cells[kept.size() + 3] = fleet.isOdd(share);
    return RowFactory.create(cells);
  }
}
