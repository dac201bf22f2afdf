package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Printable;

/** Writes to standard output; nothing that it prints for a person can control the terminal. */
final class Output {

  /** A sequence that sets the style of the text behind it (ECMA-48, SGR). */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d{1,2}m");

  private final PrintWriter out;
  private final boolean shown;

  /**
   * @param shown whether standard output is a terminal
   */
  Output(PrintWriter out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /** One line for a person. */
  void line(String line) {
    out.println(Printable.line(line));
  }

  /** A page for a person that may have colours. */
  void styled(String page) {
    Matcher colour = COLOUR.matcher(page);
    int end = 0;
    while (colour.find()) {
      out.print(Printable.text(page.substring(end, colour.start())));
      out.print(colour.group());
      end = colour.end();
    }
    page(page.substring(end));
  }

  /** A page for a person. */
  void page(String page) {
    out.print(Printable.text(page));
    out.flush();
  }

  /**
   * Text for a program. It is written as it is, but made printable if standard output is a
   * terminal.
   */
  void data(String text) {
    out.print(shown ? Printable.text(text) : text);
    out.flush();
  }

  /** The same, read to its end. */
  void data(Reader text) throws IOException {
    PrintWriter to = shown ? new PrintWriter(new PrintableWriter(out)) : out;
    text.transferTo(to);
    to.flush();
  }
}
