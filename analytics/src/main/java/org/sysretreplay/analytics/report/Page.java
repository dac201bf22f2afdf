package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Builds a text for a reader from top to bottom: titles, paragraphs, lines and tables, wrapped to
 * the screen's width. All text that a person is shown goes through one.
 */
final class Page {

  static final int WIDTH = Screen.USUAL_WIDTH;

  /** Paragraphs stay narrower than a wide screen, since longer lines are hard to read. */
  private static final int WIDEST_PARAGRAPH = 100;

  private final Screen screen;
  private final StringBuilder text = new StringBuilder();

  Page() {
    this(Screen.plain(true));
  }

  Page(Screen screen) {
    this.screen = screen;
  }

  /** A title, with an empty line above it unless it is the first line. */
  Page title(String title) {
    if (!text.isEmpty()) {
      space();
    }
    return paragraph(title);
  }

  /** A label followed by words; if they need more lines, these are indented to the first word. */
  Page item(String label, String words) {
    return lines(Wrap.lines(label, words, paragraphWidth()), Ink.NONE);
  }

  /** A paragraph with all lines indented. */
  Page indented(int blanks, String words) {
    return item(" ".repeat(blanks), words);
  }

  Page paragraph(String words) {
    return item("", words);
  }

  /** A paragraph in bold. */
  Page strong(String words) {
    return lines(Wrap.lines("", words, paragraphWidth()), Ink.BOLD);
  }

  private int paragraphWidth() {
    return Math.min(screen.width(), WIDEST_PARAGRAPH);
  }

  /** One line, never wrapped. */
  Page line(String line) {
    return lines(List.of(Printable.line(line)), Ink.NONE);
  }

  /** One line in bold, never wrapped. */
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
