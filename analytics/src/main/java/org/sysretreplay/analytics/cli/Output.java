package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import org.sysretreplay.ingest.trace.Printable;

/** Everything that goes to standard output. */
final class Output {

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
