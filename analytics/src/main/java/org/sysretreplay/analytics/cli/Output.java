package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Printable;

/** Everything that goes to standard output. */
final class Output {

  /** How letters look from there on (ECMA-48, SGR). */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d{1,2}m");

  private final PrintWriter out;
  private final boolean shown;

  /**
   * Standard output.
   *
   * @param shown whether it is a terminal
   */
  Output(PrintWriter out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /** One line for a person. */
  void line(String line) {
    out.println(Printable.line(line));
  }

  /** A page for a person that may have colours, and nothing else that would not just show. */
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

  /** Text for a program, which gets it as it is; a person who looks on does not. */
  void data(String text) {
    out.print(shown ? Printable.text(text) : text);
    out.flush();
  }

  /** The same, as long as there is some. */
  void data(Reader text) throws IOException {
    PrintWriter to = shown ? new PrintWriter(new PrintableWriter(out)) : out;
    text.transferTo(to);
    to.flush();
  }
}
