package org.sysretreplay.ingest.ftrace;

import org.sysretreplay.ingest.text.LineParser;

/** Lends out the parser. */
public final class FtraceParsers {

  private FtraceParsers() {}

  public static LineParser of(String source) {
    return new FtraceLineParser(source);
  }
}
