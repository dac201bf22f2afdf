package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceBytes;
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

  /**
   * Whether each frame has a line of its own, whose bytes are those of the file: then the file can
   * be cut between any two lines.
   */
  public static boolean standsInLines(NamedFile file) {
    byte[] first = TraceBytes.head(file, 1);
    // A mark of UTF-16, or of UTF-8, is no ASCII.
    return first.length == 1 && first[0] > 0 && !JsonLinesSniffer.isSpread(Head.of(file));
  }
}
