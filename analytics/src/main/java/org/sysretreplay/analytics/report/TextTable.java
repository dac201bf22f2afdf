package org.sysretreplay.analytics.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table without borders, its rows indented by one blank. Where it is too wide it first loses its
 * bars, then text is cut short, ending in two dots; numbers are never cut, so that a table of very
 * many columns stays wide.
 */
final class TextTable {

  private static final int MAX_TEXT_WIDTH = 30;
  private static final int MIN_TEXT_WIDTH = 8;
  private static final int PADDING = 2;
  private static final String CUT = "..";

  /** What an event's name starts with and can be told without. */
  private static final Pattern SUBSYSTEM = Pattern.compile("^\\w+:(?=\\w)");

  private enum Kind {
    TEXT(HorizontalAlign.LEFT),
    NUMBER(HorizontalAlign.RIGHT),
    BAR(HorizontalAlign.LEFT);

    private final HorizontalAlign align;

    Kind(HorizontalAlign align) {
      this.align = align;
    }
  }

  private record Field(String header, Kind kind, int maxWidth) {}

  private final int width;
  private final List<Field> fields = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private int footers;

  TextTable(int width) {
    this.width = width;
  }

  /** So many, with commas between the thousands. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A column of names, as a comm or a workload. */
  TextTable left(String header) {
    return field(header, Kind.TEXT, MAX_TEXT_WIDTH);
  }

  /** A column of whole sentences. */
  TextTable wide(String header) {
    return field(header, Kind.TEXT, width);
  }

  /** A column of numbers. */
  TextTable right(String header) {
    return field(header, Kind.NUMBER, Integer.MAX_VALUE);
  }

  /** A column that shows again what a number beside it says. */
  TextTable bar() {
    return field("", Kind.BAR, Integer.MAX_VALUE);
  }

  private TextTable field(String header, Kind kind, int maxWidth) {
    fields.add(new Field(header, kind, maxWidth));
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
    int[] widths = IntStream.range(0, fields.size()).map(this::naturalWidth).toArray();
    boolean bars = lineWidth(widths) <= width;
    if (!bars) {
      Arrays.setAll(widths, i -> fields.get(i).kind == Kind.BAR ? -PADDING : widths[i]);
      narrow(widths);
    }
    List<String> lines =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .data(columns(bars), cells(widths))
            .asString()
            .lines()
            .map(String::stripTrailing)
            .collect(Collectors.toCollection(ArrayList::new));
    if (footers > 0) {
      lines.add(lines.size() - footers, " " + "-".repeat(longest(lines) - 1));
    }
    return String.join("\n", lines) + "\n";
  }

  private int naturalWidth(int field) {
    int longest =
        Stream.concat(
                Stream.of(fields.get(field).header), rows.stream().map(cells -> cells.get(field)))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return Math.min(longest, fields.get(field).maxWidth);
  }

  /** The longest a line can be: every cell between two blanks, the last one's not counted. */
  private static int lineWidth(int[] widths) {
    return Arrays.stream(widths).map(it -> it + PADDING).sum() - 1;
  }

  /** Takes from the widest text again and again, as long as there is something to take. */
  private void narrow(int[] widths) {
    int widest = widestText(widths);
    while (lineWidth(widths) > width && widest >= 0) {
      widths[widest]--;
      widest = widestText(widths);
    }
  }

  private int widestText(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      Field field = fields.get(i);
      boolean canShrink =
          field.kind == Kind.TEXT && widths[i] > Math.max(MIN_TEXT_WIDTH, field.header.length());
      if (canShrink && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private Column[] columns(boolean bars) {
    return fields.stream()
        .map(
            field ->
                new Column()
                    .header(field.header)
                    .headerAlign(field.kind.align)
                    .dataAlign(field.kind.align)
                    .maxWidth(Integer.MAX_VALUE)
                    .visible(bars || field.kind != Kind.BAR))
        .toArray(Column[]::new);
  }

  private String[][] cells(int[] widths) {
    return rows.stream()
        .map(
            cells ->
                IntStream.range(0, widths.length)
                    .mapToObj(i -> cut(cells.get(i), fields.get(i), widths[i]))
                    .toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private static String cut(String cell, Field field, int width) {
    if (field.kind != Kind.TEXT || cell.length() <= width) {
      return cell;
    }
    String name = SUBSYSTEM.matcher(cell).replaceFirst("");
    return name.length() <= width ? name : name.substring(0, width - CUT.length()) + CUT;
  }

  private static int longest(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(1);
  }
}
