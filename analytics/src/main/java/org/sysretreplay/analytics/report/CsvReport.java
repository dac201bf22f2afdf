package org.sysretreplay.analytics.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rows of the report as CSV (RFC 4180 with line feeds). The columns have the keys of the JSON
 * rows; there is one column {@code first_miss.REASON} and {@code any_miss.REASON} for every
 * possible reason, and one {@code cause.CAUSE} for every cause. Unknown values are empty.
 */
public final class CsvReport {

  private CsvReport() {}

  /** The report as one text; its first line has the column names. */
  public static String render(Report report, CsvCells texts) {
    List<ReportColumn> columns = ReportColumn.of(report.question().by());
    return texts.render(
        printer -> {
          printer.row(columns.stream().flatMap(CsvReport::header));
          for (ReportColumn.Row row : (Iterable<ReportColumn.Row>) report.cells()::iterator) {
            printer.row(columns.stream().flatMap(column -> cells(column, row)));
          }
        });
  }

  private static Stream<String> header(ReportColumn column) {
    return column.type() == ReportColumn.Type.COUNTS
        ? column.names().stream().map(name -> column.key() + "." + name)
        : Stream.of(column.key());
  }

  private static Stream<?> cells(ReportColumn column, ReportColumn.Row row) {
    Object cell = column.cell(row);
    return cell instanceof Map<?, ?> counts
        ? column.names().stream().map(name -> counts.containsKey(name) ? counts.get(name) : 0L)
        : Collections.singletonList(cell).stream();
  }
}
