package org.sysretreplay.ingest.perfscript;

import org.sysretreplay.ingest.text.LineParser;

/** Lends out the parser. */
public final class ScriptParsers {

  private ScriptParsers() {}

  public static LineParser of(String source) {
    return new ScriptLineParser(source);
  }
}
