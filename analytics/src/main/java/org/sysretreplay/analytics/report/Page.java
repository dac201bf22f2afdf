package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Text for a reader that grows from top to bottom, 80 columns wide unless told otherwise: all that
 * a person is shown is written on one.
 */
final class Page {

  static final int WIDTH = Screen.USUAL_WIDTH;

  /** Longer lines are hard to read. */
  private static final int WIDEST_PARAGRAPH = 100;

  private final Screen screen;
  private final StringBuilder text = new StringBuilder();

  Page() {
    this(Screen.plain(true));
  }

  Page(Screen screen) {
    this.screen = screen;
  }

  /** A title, with an empty line between it and what stands above it. */
  Page title(String title) {
    if (!text.isEmpty()) {
      space();
    }
    return paragraph(title);
  }

  /** A label, and behind it words that keep to their column when they need more lines. */
  Page item(String label, String words) {
    return lines(Wrap.lines(label, words, paragraphWidth()), Ink.NONE);
  }

  /** A paragraph, all of its lines indented by so many blanks. */
  Page indented(int blanks, String words) {
    return item(" ".repeat(blanks), words);
  }

  Page paragraph(String words) {
    return item("", words);
  }

  /** A paragraph that the eye is to find first. */
  Page strong(String words) {
    return lines(Wrap.lines("", words, paragraphWidth()), Ink.BOLD);
  }

  private int paragraphWidth() {
    return Math.min(screen.width(), WIDEST_PARAGRAPH);
  }

  /** One line, however long it is. */
  Page line(String line) {
    return lines(List.of(Printable.line(line)), Ink.NONE);
  }

  /** One line that the eye is to find first. */
  Page strongLine(String line) {
    return lines(List.of(Printable.line(line)), Ink.BOLD);
  }

  /** An empty line. */
  Page space() {
    return line("");
  }

  Page table(TextTable table) {
    text.append(table.render(screen.colour()));
    return this;
  }

  private Page lines(List<String> lines, Ink ink) {
    lines.forEach(it -> text.append(screen.colour() ? ink.on(it) : it).append('\n'));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
