package org.sysretreplay.ingest.text;

import java.util.List;
import java.util.function.Function;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * The base of readers of texts whose lines are frames already. Frames are numbered in the order of
 * the lines.
 */
public abstract class FrameTextReader extends TextTraceReader {

  private final boolean isWhole;
  private long frames;

  /** Opens the text, decompressing it where it is packed. */
  protected FrameTextReader(NamedFile file, Function<String, LineParser> parsers) {
    this(file, parsers, TextPart.ALL);
  }

  /** Opens a part of the text, decompressing it where it is packed. */
  protected FrameTextReader(NamedFile file, Function<String, LineParser> parsers, TextPart part) {
    super(file, parsers, LineBlocks.BLOCK_BYTES, LEAST_BYTES_AHEAD, part);
    frames = part.framesBefore();
    isWhole = part.equals(TextPart.ALL);
  }

  /** Opens the text, to be read in blocks of that size. */
  FrameTextReader(
      NamedFile file, Function<String, LineParser> parsers, int blockBytes, long leastBytesAhead) {
    super(file, parsers, blockBytes, leastBytesAhead, TextPart.ALL);
    isWhole = true;
  }

  @Override
  final void accept(TimedEntries<TextEntry> read) {
    for (int i = 0; i < read.size(); i++) {
      TextEntry entry = read.entry(i);
      if (entry instanceof TextEntry.NonSample other) {
        give(numbered(other.record()));
      } else if (entry instanceof TextEntry.Remark remark) {
        remark.addTo().accept(facts());
        rejectMissing();
      }
    }
  }

  private TraceRecord numbered(TraceRecord record) {
    facts().take(record);
    return record instanceof Accepted exit ? new Accepted(exit.frame().numbered(frames++)) : record;
  }

  @Override
  protected final void finish() {
    facts().end();
    rejectMissing();
  }

  /** A part of a text need not have what the whole announces. */
  private void rejectMissing() {
    List<Rejected> missing = facts().takeMissing(source());
    if (isWhole) {
      missing.forEach(this::give);
    }
  }
}
