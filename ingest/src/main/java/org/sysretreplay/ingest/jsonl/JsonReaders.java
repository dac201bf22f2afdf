package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceReader;

/** Opens frames in JSON, however they are spread over lines. */
public final class JsonReaders {

  private JsonReaders() {}

  /** Reads every object as a frame; {@code reading} only decides how sure it is said to be. */
  public static TraceReader open(NamedFile file, Reading reading) {
    return JsonLinesSniffer.isSpread(Head.of(file))
        ? new JsonValuesReader(file, reading)
        : new JsonLinesReader(file, reading);
  }
}
