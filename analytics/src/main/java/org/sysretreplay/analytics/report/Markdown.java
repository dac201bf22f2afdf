package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Printable;

/** Writes GitHub Markdown; its tables are readable unrendered as well. */
final class Markdown {

  /** Every character that Markdown may interpret. An underscore within a word is not among them. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "[\\\\`*{}\\[\\]<>|#~&!$@^]|(?<!\\p{Alnum})_|_(?!\\p{Alnum})|:(?=//)|(?<=www)\\.");

  private Markdown() {}

  /** The text in one line, escaped so that it shows as it is. */
  static String text(String text) {
    return SPECIAL.matcher(Printable.line(text)).replaceAll("\\\\$0");
  }

  /**
   * A table.
   *
   * @param texts how many columns, from the left, are text; the others are numbers
   * @param header the names of the columns
   * @param rows one cell for every column, not yet escaped
   */
  static String table(int texts, List<String> header, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    rows.forEach(lines::add);
    lines.replaceAll(line -> line.stream().map(Markdown::text).toList());
    int[] widths =
        IntStream.range(0, header.size())
            .map(i -> lines.stream().mapToInt(it -> DisplayWidth.of(it.get(i))).max().orElse(0))
            .toArray();
    List<String> rules =
        IntStream.range(0, widths.length)
            .mapToObj(i -> i < texts ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":")
            .toList();
    return Stream.of(
            lines.subList(0, 1), Collections.singletonList(rules), lines.subList(1, lines.size()))
        .flatMap(List::stream)
        .map(line -> line(line, widths, texts))
        .collect(Collectors.joining());
  }

  private static String line(List<String> cells, int[] widths, int texts) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> padded(cells.get(i), widths[i], i < texts))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String padded(String cell, int width, boolean left) {
    String blanks = " ".repeat(width - DisplayWidth.of(cell));
    return left ? cell + blanks : blanks + cell;
  }
}
