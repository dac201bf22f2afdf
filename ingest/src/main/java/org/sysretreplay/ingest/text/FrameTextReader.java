package org.sysretreplay.ingest.text;

import java.util.function.Function;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * The base of readers of texts whose lines are frames already. Frames are numbered in the order of
 * the lines.
 */
public abstract class FrameTextReader extends TextTraceReader {

  private long frames;

  /** Opens the text, decompressing it where it is packed. */
  protected FrameTextReader(NamedFile file, Function<String, LineParser> parsers) {
    this(file, parsers, TextPart.ALL);
  }

  /** Opens a part of the text, decompressing it where it is packed. */
  protected FrameTextReader(NamedFile file, Function<String, LineParser> parsers, TextPart part) {
    super(file, parsers, LineBlocks.BLOCK_BYTES, LEAST_BYTES_AHEAD, part);
    frames = part.framesBefore();
  }

  /** Opens the text, to be read in blocks of that size. */
  FrameTextReader(
      NamedFile file, Function<String, LineParser> parsers, int blockBytes, long leastBytesAhead) {
    super(file, parsers, blockBytes, leastBytesAhead, TextPart.ALL);
  }

  @Override
  final void accept(TimedEntries<TextEntry> read) {
    for (int i = 0; i < read.size(); i++) {
      TextEntry entry = read.entry(i);
      if (entry instanceof TextEntry.NonSample other) {
        give(numbered(other.record()));
      } else if (entry instanceof TextEntry.Remark remark) {
        remark.addTo().accept(facts());
      }
    }
  }

  private TraceRecord numbered(TraceRecord record) {
    return record instanceof Accepted exit ? new Accepted(exit.frame().numbered(frames++)) : record;
  }
}
