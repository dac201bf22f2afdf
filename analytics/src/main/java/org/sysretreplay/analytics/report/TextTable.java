package org.sysretreplay.analytics.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table without borders, its rows indented by one blank. */
final class TextTable {

  /** Wider text, as a long comm or workload, is cut with an ellipsis. */
  private static final int MAX_COLUMN_WIDTH = 30;

  private final int width;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private int footers;

  TextTable(int width) {
    this.width = width;
  }

  /** So many, with commas between the thousands. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  TextTable left(String header) {
    return column(header, HorizontalAlign.LEFT, MAX_COLUMN_WIDTH);
  }

  /** A column of whole sentences. */
  TextTable wide(String header) {
    return column(header, HorizontalAlign.LEFT, width);
  }

  TextTable right(String header) {
    return column(header, HorizontalAlign.RIGHT, MAX_COLUMN_WIDTH);
  }

  private TextTable column(String header, HorizontalAlign align, int maxWidth) {
    columns.add(
        new Column()
            .header(header)
            .headerAlign(align)
            .dataAlign(align)
            .maxWidth(maxWidth, OverflowBehaviour.ELLIPSIS_RIGHT));
    return this;
  }

  TextTable row(List<String> cells) {
    rows.add(cells);
    return this;
  }

  /** A row below all others. */
  TextTable footer(List<String> cells) {
    footers++;
    return row(cells);
  }

  /** The table, every line ending in a line feed and in no blanks. */
  String render() {
    String[][] cells =
        rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
    List<String> lines =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .data(columns.toArray(Column[]::new), cells)
            .asString()
            .lines()
            .map(line -> cut(line).stripTrailing())
            .collect(Collectors.toCollection(ArrayList::new));
    if (footers > 0) {
      lines.add(lines.size() - footers, " " + "-".repeat(longest(lines) - 1));
    }
    return String.join("\n", lines) + "\n";
  }

  private String cut(String line) {
    return line.length() <= width ? line : line.substring(0, width);
  }

  private static int longest(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(1);
  }
}
