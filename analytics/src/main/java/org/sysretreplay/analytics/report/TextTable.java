package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Printable;

/**
 * A table without borders, its rows indented by one blank unless told otherwise. Where it is too
 * wide it first loses its bars, then text is cut short, ending in two dots; numbers are never cut,
 * so that a table of very many columns stays wide. It has no header where no column has one.
 */
final class TextTable {

  private static final int MAX_TEXT_WIDTH = 30;
  private static final int MIN_TEXT_WIDTH = 7;
  private static final int PADDING = 2;
  private static final String CUT = "..";

  /** In place of the width of a column that is not shown; takes the room beside it away, too. */
  private static final int HIDDEN = -PADDING;

  /** What an event's name starts with and can be told without. */
  private static final Pattern SUBSYSTEM = Pattern.compile("^\\w+:(?=\\w)");

  private enum Kind {
    TEXT,
    NUMBER,
    BAR,
    WRAPPED
  }

  private record Field(List<String> header, Kind kind, int maxWidth) {}

  private final int width;
  private int indent = 1;
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

  /** Indents all lines by so many blanks. */
  TextTable indent(int blanks) {
    indent = blanks;
    return this;
  }

  /** An event's name without the subsystem before the colon. */
  static String withoutSubsystem(String event) {
    return SUBSYSTEM.matcher(event).replaceFirst("");
  }

  /** A column of names, as a comm or a workload. */
  TextTable left(String header) {
    return left(header, MAX_TEXT_WIDTH);
  }

  /** A column of names of which no more than so many characters are shown. */
  TextTable left(String header, int maxWidth) {
    return field(header, Kind.TEXT, maxWidth);
  }

  /** A column of whole sentences. */
  TextTable wide(String header) {
    return field(header, Kind.TEXT, width);
  }

  /** The last column, of sentences that are wrapped where they are longer than the line. */
  TextTable wrapped(String header) {
    return field(header, Kind.WRAPPED, Integer.MAX_VALUE);
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
    fields.add(new Field(header.lines().toList(), kind, maxWidth));
    return this;
  }

  /** A row; cells that are not given are empty. */
  TextTable row(List<String> cells) {
    Stream<String> empty = Stream.generate(() -> "").limit(fields.size() - cells.size());
    rows.add(Stream.concat(cells.stream().map(Printable::line), empty).toList());
    return this;
  }

  /** A row below all others. */
  TextTable footer(List<String> cells) {
    footers++;
    return row(cells);
  }

  /** The table, every line ending in a line feed and in no blanks. */
  String render() {
    int[] widths = widths();
    List<String> lines =
        Stream.concat(headers(), rows.stream())
            .flatMap(cells -> lines(cells, widths).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    if (footers > 0) {
      String blanks = " ".repeat(indent);
      lines.add(lines.size() - footers, blanks + "-".repeat(longest(lines.stream()) - indent));
    }
    return String.join("\n", lines) + "\n";
  }

  private int[] widths() {
    int[] widths = IntStream.range(0, fields.size()).map(this::naturalWidth).toArray();
    if (lineWidth(widths) > width) {
      Arrays.setAll(widths, i -> fields.get(i).kind == Kind.BAR ? HIDDEN : widths[i]);
      narrow(widths);
    }
    return widths;
  }

  private int naturalWidth(int field) {
    if (fields.get(field).kind == Kind.WRAPPED) {
      return 0;
    }
    Stream<String> cells = rows.stream().map(it -> it.get(field));
    int longest = longest(Stream.concat(fields.get(field).header.stream(), cells));
    return Math.min(longest, fields.get(field).maxWidth);
  }

  private int lineWidth(int[] widths) {
    return indent + Arrays.stream(widths).map(it -> it + PADDING).sum() - PADDING;
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
          field.kind == Kind.TEXT
              && widths[i] > Math.max(MIN_TEXT_WIDTH, longest(field.header.stream()));
      if (canShrink && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  /** The lines of the header; a short one stands at the bottom. */
  private Stream<List<String>> headers() {
    int height = fields.stream().mapToInt(it -> it.header.size()).max().orElse(0);
    return IntStream.rangeClosed(-height, -1)
        .mapToObj(line -> fields.stream().map(it -> fromEnd(it.header, line)).toList());
  }

  private static String fromEnd(List<String> lines, int line) {
    return lines.size() + line < 0 ? "" : lines.get(lines.size() + line);
  }

  private List<String> lines(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    for (int i = 0; i < widths.length; i++) {
      Field field = fields.get(i);
      if (field.kind == Kind.WRAPPED) {
        return Wrap.lines(line.toString(), cells.get(i), width);
      }
      if (widths[i] != HIDDEN) {
        line.append(aligned(cut(cells.get(i), field, widths[i]), field, widths[i]));
        line.append(" ".repeat(PADDING));
      }
    }
    return List.of(line.toString().stripTrailing());
  }

  private static String aligned(String cell, Field field, int width) {
    String padding = " ".repeat(width - cell.length());
    return field.kind == Kind.NUMBER ? padding + cell : cell + padding;
  }

  private static String cut(String cell, Field field, int width) {
    if (field.kind != Kind.TEXT || cell.length() <= width) {
      return cell;
    }
    String name = withoutSubsystem(cell);
    return name.length() <= width ? name : name.substring(0, width - CUT.length()) + CUT;
  }

  private static int longest(Stream<String> lines) {
    return lines.mapToInt(String::length).max().orElse(0);
  }
}
