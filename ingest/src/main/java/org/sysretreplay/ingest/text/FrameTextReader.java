package org.sysretreplay.ingest.text;

import java.util.function.Function;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * The base of readers of texts whose lines are frames already. Frames are numbered in the order of
 * the lines.
 */
public abstract class FrameTextReader extends TextTraceReader {

  private long frames;

  private final boolean isWhole;

  /** How many exits the frames behind the last announcement stand for, and if any was rejected. */
  private long exits;

  private boolean anyRejects;

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
        take(remark);
      }
    }
  }

  private void take(TextEntry.Remark remark) {
    int announcements = facts().announcements();
    long announced = facts().announcedExits();
    remark.addTo().accept(facts());
    if (facts().announcements() > announcements) {
      compareWith(announced);
      exits = 0;
      anyRejects = false;
    }
  }

  private TraceRecord numbered(TraceRecord record) {
    if (record instanceof Accepted exit) {
      exits = Losses.sum(exits, exit.frame().count());
      return new Accepted(exit.frame().numbered(frames++));
    }
    anyRejects = true;
    return record;
  }

  @Override
  protected final void finish() {
    compareWith(facts().announcedExits());
  }

  /** A text that was cut between two lines can only tell by what it announced. */
  private void compareWith(long announced) {
    if (isWhole && exits < announced) {
      String detail =
          "the text has %,d of the %,d exits that it announces; the rest is %smissing"
              .formatted(exits, announced, anyRejects ? "in rejected lines, or " : "");
      Place first = Place.ofLine(source(), 1);
      give(new Rejected(new Reject(first, RejectReason.LINES_MISSING, detail, "")));
    }
  }
}
