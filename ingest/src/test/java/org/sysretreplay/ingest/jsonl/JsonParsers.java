package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.text.LineParser;
import org.sysretreplay.ingest.trace.Reading;

/** Lends out the parser. */
public final class JsonParsers {

  private JsonParsers() {}

  public static LineParser of(String source) {
    return new JsonLineParser(source, Reading.ASSEMBLED);
  }
}
