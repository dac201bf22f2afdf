package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Printable;

/** Wraps running text at a width. */
final class Wrap {

  /** Breaks at blanks, but not between a number and its percent sign. */
  private static final Pattern BREAK = Pattern.compile(" (?!%)");

  private Wrap() {}

  /**
   * A label followed by words; further lines are indented to the first word. A word that is longer
   * than a line is broken.
   *
   * @param width the columns of a line; more than the label takes
   */
  static List<String> lines(String label, String words, int width) {
    String indent = " ".repeat(DisplayWidth.of(label));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(label);
    boolean first = true;
    for (String word : BREAK.split(Printable.line(words), -1)) {
      if (!first && DisplayWidth.of(line + " " + word) > width) {
        lines.add(line.toString().stripTrailing());
        line.replace(0, line.length(), indent);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
      while (DisplayWidth.of(line.toString()) > width) {
        String start = DisplayWidth.start(line.toString(), width);
        lines.add(start.stripTrailing());
        line.replace(0, start.length(), indent);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
