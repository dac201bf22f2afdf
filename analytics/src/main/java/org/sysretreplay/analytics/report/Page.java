package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Text for a reader that grows from top to bottom, 80 columns wide: all that a person is shown is
 * written on one.
 */
final class Page {

  static final int WIDTH = 80;

  private final StringBuilder text = new StringBuilder();

  /** A title, with an empty line between it and what stands above it. */
  Page title(String title) {
    if (!text.isEmpty()) {
      space();
    }
    return paragraph(title);
  }

  /** A label, and behind it words that keep to their column when they need more lines. */
  Page item(String label, String words) {
    return lines(Wrap.lines(label, words, WIDTH));
  }

  /** A paragraph, all of its lines indented by so many blanks. */
  Page indented(int blanks, String words) {
    return item(" ".repeat(blanks), words);
  }

  Page paragraph(String words) {
    return item("", words);
  }

  /** One line, however long it is. */
  Page line(String line) {
    return lines(List.of(Printable.line(line)));
  }

  /** An empty line. */
  Page space() {
    return line("");
  }

  Page table(TextTable table) {
    text.append(table.render());
    return this;
  }

  private Page lines(List<String> lines) {
    lines.forEach(it -> text.append(it).append('\n'));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
