package org.sysretreplay.analytics.listing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.report.FrameLines;
import org.sysretreplay.analytics.verdict.Column;
import org.sysretreplay.analytics.verdict.RowWriter;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.emulator.Hex;

/** Makes the writers of listed frames for each format. */
final class ListWriters {

  private ListWriters() {}

  /** Begins a file; a header above all frames is not written to it. */
  static RowWriter<ListedFrame> of(ListQuestion question, OutputFile target) throws IOException {
    return switch (question.format()) {
      case TEXT -> new Lines(writer(target), question.judging().models().isByTrace());
      case JSONL -> RowWriter.of(VerdictFormat.JSONL, target, ListColumns.ALL);
      case CSV -> new Csv(writer(target), question.texts());
      case PARQUET -> RowWriter.of(VerdictFormat.PARQUET, target, ListColumns.ALL);
    };
  }

  private static Writer writer(OutputFile target) throws IOException {
    return new BufferedWriter(new OutputStreamWriter(target.create(0), StandardCharsets.UTF_8));
  }

  /** The header line of CSV. */
  static String csvHeader(CsvCells texts) throws IOException {
    StringBuilder header = new StringBuilder();
    texts.printer(header).row(ListColumns.ALL.stream().map(Column::key));
    return header.toString();
  }

  /**
   * Writes some lines for each frame.
   *
   * @param ofModel whether they say which model judged it
   */
  private record Lines(Writer to, boolean ofModel) implements RowWriter<ListedFrame> {

    @Override
    public void add(ListedFrame row) throws IOException {
      String model = ofModel ? row.judge().model().id() : "";
      to.write(
          FrameLines.of(row.name(), row.trace().workload(), model, row.frame(), row.verdict()));
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }

  private static final class Csv implements RowWriter<ListedFrame> {

    private final Writer to;
    private final CsvCells.Printer printer;

    Csv(Writer to, CsvCells texts) throws IOException {
      this.to = to;
      printer = texts.printer(to);
    }

    @Override
    public void add(ListedFrame row) throws IOException {
      printer.row(ListColumns.ALL.stream().map(it -> cell(it, row)));
    }

    private static Object cell(Column<ListedFrame> column, ListedFrame row) {
      Object cell = column.of(row);
      if (cell == null) {
        return null;
      }
      return switch (column.type()) {
        case TEXT, NUMBER, SHARE, COUNTS -> cell;
        case REGISTER -> Hex.of((Long) cell);
        case NAMES -> String.join(" ", ((List<?>) cell).stream().map(Object::toString).toList());
      };
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
