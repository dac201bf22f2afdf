package org.sysretreplay.ingest.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Takes the records of a text apart, each by itself: blocks of them are taken apart by several
 * threads, with a parser each. Mostly a line is a record. Blank lines are passed over, lines
 * without end refused, and a damaged compressed stream is the last reject.
 */
public abstract class LineParser {

  private final Place.Source places;
  private LineBlock lines;
  private TimedEntries<TextEntry> entries;

  /**
   * A parser for that text.
   *
   * @param source the file as the user named it
   */
  protected LineParser(String source) {
    places = new Place.Source(source, Place.Unit.LINE);
  }

  /** What the lines hold, in their order. */
  final TimedEntries<TextEntry> parse(LineBlock block) {
    lines = block;
    entries = new TimedEntries<>();
    while (lines.advance()) {
      if (lines.isTooLong()) {
        reject(RejectReason.LINE_TOO_LONG, RejectReason.LINE_TOO_LONG.sentence());
      } else if (!lines.isBlank()) {
        parse(lines.bytes(), lines.start(), lines.end());
      }
    }
    endRecord();
    if (lines.damage() != null) {
      take(damaged(lines.damage()));
    }
    return entries;
  }

  private TraceRecord damaged(IOException e) {
    return new Rejected(
        new Reject(
            places.at(lines.number() + 1), RejectReason.BROKEN_FRAMING, TraceBytes.damage(e), ""));
  }

  /**
   * Takes what a line holds, or nothing where it holds none, as a comment.
   *
   * @param line what it stands in
   * @param start where it begins
   * @param end where it ends, without its line end; there is something before it
   */
  protected abstract void parse(byte[] line, int start, int end);

  /** Told where no line behind can belong to the last record: the next begins, or a block ends. */
  protected void endRecord() {
    // A line is a record unless a format says so.
  }

  /** Where the text may be cut. */
  protected RecordBorders borders() {
    return RecordBorders.EVERY_LINE;
  }

  /** Takes the sample of the current line. One that may be a reject has to be seen in its turn. */
  protected final void take(Sample sample) {
    take(sample, lines.start(), lines.end());
  }

  /** Takes the sample that began with the line that stands there. */
  protected final void take(Sample sample, int start, int end) {
    if (SampleInterpreter.mayReject(sample)) {
      entries.add(TimedEntries.NO_TIME, new TextEntry.Doubtful(sample, excerpt(start, end)));
    } else {
      entries.add(sample.timeNanos().orElse(TimedEntries.NO_TIME), new TextEntry.Sampled(sample));
    }
  }

  /** Takes the record of the current line. */
  protected final void take(TraceRecord record) {
    entries.add(TimedEntries.NO_TIME, new TextEntry.Whole(record));
  }

  /** Takes what the current line says of the trace. */
  protected final void note(Consumer<TextFacts> remark) {
    entries.add(TimedEntries.NO_TIME, new TextEntry.Remark(remark));
  }

  /** Rejects the current line. */
  protected final void reject(RejectReason reason, String detail) {
    take(
        new Rejected(
            new Reject(
                places.at(lines.number()), reason, detail, excerpt(lines.start(), lines.end()))));
  }

  /** The text, whose positions are lines. */
  protected final Place.Source places() {
    return places;
  }

  /** The current line's number, from 1. */
  protected final long lineNumber() {
    return lines.number();
  }

  /** The start of a line, for a reject. */
  private String excerpt(int start, int end) {
    int length = Math.min(end - start, Reject.EXCERPT_LENGTH);
    return new String(lines.bytes(), start, length, StandardCharsets.UTF_8);
  }
}
