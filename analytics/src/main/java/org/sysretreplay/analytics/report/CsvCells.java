package org.sysretreplay.analytics.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV (RFC 4180 with line feeds), with or without protection for spreadsheets. A spreadsheet
 * runs a cell that begins with = + - or @ as a formula, and the names in a recording are not to be
 * trusted.
 */
public enum CsvCells {
  /** An apostrophe is put before every text that a spreadsheet would take for a formula. */
  FOR_SPREADSHEETS,
  /** Texts are written as they are. */
  EXACT;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /**
   * The places where a formula can begin: the start of a cell, where spreadsheets skip tabs and
   * carriage returns, and behind every character that a spreadsheet may take for the end of a cell.
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "^(?=[=+\\-@\\t\\r\\uFF1D\\uFF0B\\uFF0D\\uFF20])|(?<=[;\\t\\r\\n])(?=[=+\\-@])");

  /** Prints all rows, one after the other. */
  interface Rows {
    void printTo(Printer printer) throws IOException;
  }

  /** Writes rows. */
  public final class Printer {

    private final CSVPrinter printer;

    private Printer(CSVPrinter printer) {
      this.printer = printer;
    }

    /** Writes a row of texts and numbers; null is an empty cell. */
    public void row(Stream<?> cells) throws IOException {
      printer.printRecord(cells.map(it -> it instanceof String text ? cell(text) : it));
    }
  }

  /** A printer that writes rows to {@code to}. */
  public Printer printer(Appendable to) throws IOException {
    return new Printer(new CSVPrinter(to, FORMAT));
  }

  /** The rows as one text. */
  String render(Rows rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      rows.printTo(new Printer(printer));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private String cell(String text) {
    return switch (this) {
      case EXACT -> text;
      case FOR_SPREADSHEETS ->
          NUMBER.matcher(text).matches() ? text : FORMULA.matcher(text).replaceAll("'");
    };
  }
}
