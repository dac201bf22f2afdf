package org.sysretreplay.analytics.report;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Running text in lines of a width. */
final class Wrap {

  private Wrap() {}

  /** The text, wrapped between words, every line indented and ending in a line feed. */
  static String text(String text, int indent, int width) {
    ColorScheme plain = new ColorScheme.Builder(Ansi.OFF).build();
    TextTable table = TextTable.forColumns(plain, new Column(width, indent, Column.Overflow.WRAP));
    table.indentWrappedLines = 0;
    table.addRowValues(text);
    return table.toString();
  }
}
