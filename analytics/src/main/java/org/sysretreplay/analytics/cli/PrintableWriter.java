package org.sysretreplay.analytics.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.sysretreplay.ingest.trace.Printable;

/** A writer that lets only {@link Printable} text through; lines stay lines. */
final class PrintableWriter extends FilterWriter {

  /** A high surrogate whose low surrogate has not come yet; 0 if there is none. */
  private char half;

  PrintableWriter(Writer to) {
    super(to);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.substring(offset, offset + length));
  }

  @Override
  public void write(String text) throws IOException {
    String whole = half == 0 ? text : half + text;
    int end = whole.length();
    half = end > 0 && Character.isHighSurrogate(whole.charAt(end - 1)) ? whole.charAt(end - 1) : 0;
    out.write(Printable.text(half == 0 ? whole : whole.substring(0, end - 1)));
  }
}
