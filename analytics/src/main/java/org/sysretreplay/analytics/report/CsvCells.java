package org.sysretreplay.analytics.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What all CSV has in common: RFC 4180 with line feeds, and how texts stand in it. A spreadsheet
 * takes a cell for a formula that begins with = + - or @, and runs it; names come from whoever was
 * recorded.
 */
public enum CsvCells {
  /** An apostrophe stands before what a spreadsheet would take for a formula. */
  FOR_SPREADSHEETS,
  /** Texts stand as they are. */
  EXACT;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /**
   * At the start of a cell, tabs and carriage returns included, which are passed over there; and
   * behind what parts cells where a spreadsheet parts them otherwise.
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "^(?=[=+\\-@\\t\\r\\uFF1D\\uFF0B\\uFF0D\\uFF20])|(?<=[;\\t\\r\\n])(?=[=+\\-@])");

  /** Gives every row, one after the other. */
  interface Rows {
    void printTo(Printer printer) throws IOException;
  }

  /** Writes rows. */
  public final class Printer {

    private final CSVPrinter printer;

    private Printer(CSVPrinter printer) {
      this.printer = printer;
    }

    /** Writes a row: texts, numbers, and null for a cell that is empty. */
    public void row(Stream<?> cells) throws IOException {
      printer.printRecord(cells.map(it -> it instanceof String text ? cell(text) : it));
    }
  }

  /** Writes rows to that place, one after the other. */
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
