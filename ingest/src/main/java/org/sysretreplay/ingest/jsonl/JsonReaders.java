package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceReader;

/** Opens files of frames in JSON, one frame a line or not. */
public final class JsonReaders {

  private JsonReaders() {}

  /** Reads every object as a frame; {@code reading} only decides how sure it is said to be. */
  public static TraceReader open(NamedFile file, Reading reading) {
    return JsonLinesSniffer.isSpread(Head.of(file))
        ? new JsonValuesReader(file, reading)
        : new JsonLinesReader(file, reading);
  }

  /** Whether a line above the first frame is about the trace. */
  public static boolean beginsWithHeader(NamedFile file) {
    Head head = Head.of(file);
    return JsonLinesSniffer.isSpread(head)
        ? CountsHeader.isIn(JsonLinesSniffer.firstObject(head))
        : head.lines()
            .takeWhile(line -> !JsonLinesSniffer.hasRegister(line))
            .anyMatch(CountsHeader::isOne);
  }

  /**
   * Whether each frame has a line of its own and the file is UTF-8 without a mark, so that it can
   * be cut between any two lines.
   */
  public static boolean standsInLines(NamedFile file) {
    byte[] first = TraceBytes.head(file, 1);
    // A byte order mark begins with a byte that is no ASCII.
    return first.length == 1 && first[0] > 0 && !JsonLinesSniffer.isSpread(Head.of(file));
  }
}
