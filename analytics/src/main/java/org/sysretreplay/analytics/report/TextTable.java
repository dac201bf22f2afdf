package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Printable;

/**
 * A table without borders, its rows indented by one blank by default. If it is too wide, bars are
 * dropped first; then text columns are narrowed and their texts cut, ending in two dots, names of
 * {@link #events} only after they lost their subsystem. Texts of a column that would then look
 * alike are cut in their middle. {@link #extra} columns are dropped before texts get very short.
 * Numbers are never cut, so a table with very many columns may stay too wide. There is no header if
 * no column has one.
 */
final class TextTable {

  private static final int MAX_TEXT_WIDTH = 30;
  private static final int MIN_TEXT_WIDTH = 7;

  /** Texts cut to this width can mostly still be told apart. */
  private static final int ENOUGH_TEXT_WIDTH = 18;

  private static final int PADDING = 2;
  private static final String CUT = "..";

  /** The width of a hidden column; it cancels the padding beside it. */
  private static final int HIDDEN = -PADDING;

  private enum Kind {
    TEXT,
    /** Text that loses its subsystem before it is cut. */
    EVENT,
    NUMBER,
    BAR,
    /** Text that is dropped before other text is cut very short. */
    EXTRA,
    WRAPPED;

    boolean isCut() {
      return this == TEXT || this == EVENT;
    }
  }

  private record Field(List<String> header, Kind kind, int maxWidth, Ink ink) {}

  private static final int GROUP = 3;

  private final int width;
  private int indent = 1;
  private final List<Field> fields = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private int footers;

  TextTable(int width) {
    this.width = width;
  }

  /**
   * A number with commas between the thousands. A Formatter would look for the locale's separators
   * each time, which was a fifth of a report's time (benchmark process/report-of-1e8).
   */
  static String number(long value) {
    StringBuilder text = new StringBuilder().append(value);
    int first = value < 0 ? 1 : 0;
    for (int at = text.length() - GROUP; at > first; at -= GROUP) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /** Indents all lines. */
  TextTable indent(int blanks) {
    indent = blanks;
    return this;
  }

  /** A column of names, such as a comm or a workload. */
  TextTable left(String header) {
    return left(header, MAX_TEXT_WIDTH);
  }

  /** A column of names, shown up to {@code maxWidth} columns. */
  TextTable left(String header, int maxWidth) {
    return field(header, Kind.TEXT, maxWidth);
  }

  /** A column of names of events. */
  TextTable events(String header) {
    return field(header, Kind.EVENT, MAX_TEXT_WIDTH);
  }

  /** A column of whole sentences. */
  TextTable wide(String header) {
    return field(header, Kind.TEXT, width);
  }

  /** The last column, for sentences; they are wrapped at the end of the line. */
  TextTable wrapped(String header) {
    return field(header, Kind.WRAPPED, Integer.MAX_VALUE);
  }

  /** A column of numbers. */
  TextTable right(String header) {
    return field(header, Kind.NUMBER, Integer.MAX_VALUE);
  }

  /** A column of names that is dropped if other texts would get very short for it. */
  TextTable extra(String header) {
    return field(header, Kind.EXTRA, Integer.MAX_VALUE);
  }

  /** A column that draws a number of the row as a bar. */
  TextTable bar() {
    return bar(Ink.NONE);
  }

  /** The same in a colour. */
  TextTable bar(Ink ink) {
    return field("", Kind.BAR, Integer.MAX_VALUE, ink);
  }

  private TextTable field(String header, Kind kind, int maxWidth) {
    return field(header, kind, maxWidth, Ink.NONE);
  }

  private TextTable field(String header, Kind kind, int maxWidth, Ink ink) {
    fields.add(new Field(header.lines().toList(), kind, maxWidth, ink));
    return this;
  }

  /** Adds a row; missing cells at its end are empty. */
  TextTable row(List<String> cells) {
    Stream<String> empty = Stream.generate(() -> "").limit(fields.size() - cells.size());
    rows.add(Stream.concat(cells.stream().map(Printable::line), empty).toList());
    return this;
  }

  /** Adds a row below the line at the end of the table. */
  TextTable footer(List<String> cells) {
    footers++;
    return row(cells);
  }

  /** Whether the whole table fits without cutting anything. */
  boolean fits() {
    return lineWidth(naturalWidths()) <= width;
  }

  /** Whether all columns but the bars fit, with texts cut at most moderately. */
  boolean fitsWithoutBars() {
    return lineWidth(narrowed(hidden(Kind.BAR, naturalWidths()), ENOUGH_TEXT_WIDTH)) <= width;
  }

  /** The table without colours; every line ends in a line feed and has no trailing blanks. */
  String render() {
    return render(false);
  }

  /** The same, in the colours of its columns if {@code colour} is set. */
  String render(boolean colour) {
    int[] widths = widths();
    List<Set<String>> alike =
        IntStream.range(0, fields.size()).mapToObj(it -> alike(it, widths[it])).toList();
    List<String> lines =
        Stream.concat(headers(), rows.stream())
            .flatMap(cells -> lines(cells, widths, alike, colour).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    if (footers > 0) {
      Stream<String> plain =
          Stream.concat(headers(), rows.stream())
              .flatMap(cells -> lines(cells, widths, alike, false).stream());
      lines.add(lines.size() - footers, " ".repeat(indent) + "-".repeat(longest(plain) - indent));
    }
    return String.join("\n", lines) + "\n";
  }

  private int[] naturalWidths() {
    return IntStream.range(0, fields.size()).map(this::naturalWidth).toArray();
  }

  private int[] widths() {
    int[] natural = hidden(Kind.BAR, naturalWidths());
    int[] widths = narrowed(natural, ENOUGH_TEXT_WIDTH);
    return lineWidth(widths) <= width
        ? widths
        : narrowed(hidden(Kind.EXTRA, natural), MIN_TEXT_WIDTH);
  }

  /** Hides the columns of a kind if the table does not fit. */
  private int[] hidden(Kind kind, int[] widths) {
    return lineWidth(widths) <= width
        ? widths
        : IntStream.range(0, widths.length)
            .map(i -> fields.get(i).kind == kind ? HIDDEN : widths[i])
            .toArray();
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

  /**
   * Narrows the widest text column step by step, until the table fits or no text can be narrowed.
   */
  private int[] narrowed(int[] from, int least) {
    int[] widths = from.clone();
    int widest = widestText(widths, least);
    while (lineWidth(widths) > width && widest >= 0) {
      widths[widest]--;
      widest = widestText(widths, least);
    }
    return widths;
  }

  private int widestText(int[] widths, int least) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      Field field = fields.get(i);
      boolean canShrink =
          field.kind.isCut() && widths[i] > Math.max(least, longest(field.header.stream()));
      if (canShrink && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  /** The lines of the header; shorter headers are aligned to the bottom. */
  private Stream<List<String>> headers() {
    int height = fields.stream().mapToInt(it -> it.header.size()).max().orElse(0);
    return IntStream.rangeClosed(-height, -1)
        .mapToObj(line -> fields.stream().map(it -> fromEnd(it.header, line)).toList());
  }

  private static String fromEnd(List<String> lines, int line) {
    return lines.size() + line < 0 ? "" : lines.get(lines.size() + line);
  }

  private List<String> lines(
      List<String> cells, int[] widths, List<Set<String>> alike, boolean colour) {
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    for (int i = 0; i < widths.length; i++) {
      Field field = fields.get(i);
      if (field.kind == Kind.WRAPPED) {
        return Wrap.lines(line.toString(), cells.get(i), width);
      }
      if (widths[i] != HIDDEN) {
        String cell = cut(cells.get(i), field, widths[i], alike.get(i));
        line.append(aligned(cell, colour ? field.ink : Ink.NONE, field, widths[i]));
        line.append(" ".repeat(PADDING));
      }
    }
    return List.of(line.toString().stripTrailing());
  }

  private static String aligned(String cell, Ink ink, Field field, int width) {
    String padding = " ".repeat(width - DisplayWidth.of(cell));
    return field.kind == Kind.NUMBER ? padding + ink.on(cell) : ink.on(cell) + padding;
  }

  /** What several different texts of a column come to where they are cut at their end. */
  private Set<String> alike(int field, int width) {
    Field of = fields.get(field);
    Map<String, String> first = new HashMap<>();
    Set<String> alike = new HashSet<>();
    for (List<String> cells : rows) {
      String name = name(cells.get(field), of, width);
      if (isTooWide(name, of, width)) {
        String cut = cutAtEnd(name, width);
        if (!first.computeIfAbsent(cut, it -> name).equals(name)) {
          alike.add(cut);
        }
      }
    }
    return alike;
  }

  private static String cut(String cell, Field field, int width, Set<String> alike) {
    String name = name(cell, field, width);
    if (!isTooWide(name, field, width)) {
      return name;
    }
    String cut = cutAtEnd(name, width);
    return alike.contains(cut) ? cutInMiddle(name, width) : cut;
  }

  private static boolean isTooWide(String name, Field field, int width) {
    return field.kind.isCut() && DisplayWidth.of(name) > width;
  }

  /** The text, without its subsystem if it is an event that does not fit with it. */
  private static String name(String cell, Field field, int width) {
    return field.kind == Kind.EVENT && isTooWide(cell, field, width)
        ? EventName.withoutSubsystem(cell)
        : cell;
  }

  private static String cutAtEnd(String name, int width) {
    return DisplayWidth.start(name, width - CUT.length()) + CUT;
  }

  private static String cutInMiddle(String name, int width) {
    int left = (width - CUT.length()) / 2;
    return DisplayWidth.start(name, left)
        + CUT
        + DisplayWidth.end(name, width - CUT.length() - left);
  }

  private static int longest(Stream<String> lines) {
    return lines.mapToInt(DisplayWidth::of).max().orElse(0);
  }
}
