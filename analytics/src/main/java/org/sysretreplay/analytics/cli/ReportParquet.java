package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.ReportColumn;
import org.sysretreplay.analytics.verdict.Column;
import org.sysretreplay.analytics.verdict.RowWriter;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.ingest.columnar.MemoryFile;

/**
 * Writes the rows of a report as a Parquet file, with the keys of JSON as columns and counts as
 * maps.
 */
final class ReportParquet {

  private ReportParquet() {}

  /** The bytes of the file. */
  static byte[] render(Report report) {
    List<Column<ReportColumn.Row>> columns =
        ReportColumn.of(report.question().by()).stream().map(ReportParquet::column).toList();
    MemoryFile.Output file = new MemoryFile.Output();
    try (RowWriter<ReportColumn.Row> rows = RowWriter.of(VerdictFormat.PARQUET, file, columns)) {
      for (ReportColumn.Row row : (Iterable<ReportColumn.Row>) report.cells()::iterator) {
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return file.bytes();
  }

  private static Column<ReportColumn.Row> column(ReportColumn column) {
    return new Column<>(
        column.key(), type(column.type()), column.canBeNull(), column.sentence(), column::cell);
  }

  private static Column.Type type(ReportColumn.Type type) {
    return switch (type) {
      case TEXT -> Column.Type.TEXT;
      case NUMBER, COUNT -> Column.Type.NUMBER;
      case SHARE -> Column.Type.SHARE;
      case COUNTS -> Column.Type.COUNTS;
    };
  }
}
