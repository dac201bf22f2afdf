package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Printable;

/** Running text in lines of a width. */
final class Wrap {

  /** A number and its unit stay together. */
  private static final Pattern BREAK = Pattern.compile(" (?!%)");

  private Wrap() {}

  /**
   * A label, and behind it words that keep to their column when they need more lines; a word that
   * is longer than a line is broken.
   *
   * @param width how many columns a line has, more than the label
   */
  static List<String> lines(String label, String words, int width) {
    String indent = " ".repeat(label.length());
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(label);
    for (String word : BREAK.split(Printable.line(words), -1)) {
      boolean first = line.length() == indent.length();
      if (!first && line.length() + 1 + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line.replace(0, line.length(), indent);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      while (line.length() > width) {
        lines.add(line.substring(0, width).stripTrailing());
        line.replace(0, width, indent);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
