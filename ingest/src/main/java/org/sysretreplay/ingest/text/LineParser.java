package org.sysretreplay.ingest.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Parses the records of a text. Most records are a line. Each record is parsed without the others,
 * so that several threads can parse blocks of them, each with a parser of its own. Blank lines are
 * skipped, overlong lines are rejects, and the damage of a compressed text is the last reject.
 */
public abstract class LineParser {

  /** Enough for one character more than an excerpt has: only that one may come in part. */
  private static final int EXCERPT_BYTES = 4 * (Reject.EXCERPT_LENGTH + 1);

  /** Where a text has comments, a line of them begins with this. */
  private static final byte COMMENT = '#';

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

  /** The entries of the block's lines, in the order of the lines. */
  final TimedEntries<TextEntry> parse(LineBlock block) {
    lines = block;
    entries = new TimedEntries<>();
    while (lines.advance()) {
      if (lines.isTooLong()) {
        reject(RejectReason.LINE_TOO_LONG, RejectReason.LINE_TOO_LONG.sentence());
      } else if (!lines.isBlank()) {
        parseLine(lines.bytes(), lines.start(), lines.end());
      }
    }
    if (lines.isLast()) {
      endText(lines.bytes(), lines.end());
    }
    endRecord();
    if (lines.damage() != null) {
      take(damaged(lines.damage()));
    }
    return entries;
  }

  /** What the block's comments say of the trace. */
  final List<TextEntry.Remark> parseComments(LineBlock block) {
    lines = block;
    entries = new TimedEntries<>();
    while (lines.advance()) {
      if (!lines.isTooLong() && !lines.isBlank() && lines.bytes()[lines.start()] == COMMENT) {
        parse(lines.bytes(), lines.start(), lines.end());
      }
    }
    List<TextEntry.Remark> remarks = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.entry(i) instanceof TextEntry.Remark remark) {
        remarks.add(remark);
      }
    }
    return remarks;
  }

  private void parseLine(byte[] line, int start, int end) {
    if (lines.isCutOff() && needsEnd(line, start, end)) {
      dropRecord(line, start, end);
      reject(RejectReason.LINE_CUT_OFF, RejectReason.LINE_CUT_OFF.sentence());
    } else {
      parse(line, start, end);
    }
  }

  private TraceRecord damaged(IOException e) {
    return new Rejected(
        new Reject(
            places.at(lines.number() + 1), RejectReason.BROKEN_FRAMING, TraceBytes.damage(e), ""));
  }

  /**
   * Parses one line and takes what it holds by the {@code take}, {@code note} and {@code reject}
   * methods. A line such as a comment may hold nothing.
   *
   * @param line the array that holds the line
   * @param start where it begins
   * @param end where it ends, without its line end; it is not empty
   */
  protected abstract void parse(byte[] line, int start, int end);

  /**
   * Is called when no further line can belong to the last record, because the next record begins or
   * the block ends.
   */
  protected void endRecord() {
    // A line is a record unless a format says so.
  }

  /**
   * Is called behind the last line of the text, before its record ends.
   *
   * @param text the array that holds the record
   * @param end where the last line ends
   */
  protected void endText(byte[] text, int end) {
    // A line is a record unless a format says so.
  }

  /**
   * Whether a line that the end of the text cuts off could be taken for a whole one, with its last
   * value wrong.
   */
  protected boolean needsEnd(byte[] line, int start, int end) {
    return false;
  }

  /** Is called before a line is rejected because it is cut off: its record goes with it. */
  protected void dropRecord(byte[] line, int start, int end) {
    // A line is a record unless a format says so.
  }

  /** Tells where the text may be cut into blocks. */
  protected RecordBorders borders() {
    return RecordBorders.EVERY_LINE;
  }

  /** Takes the sample of the current line. */
  protected final void take(Sample sample) {
    take(sample, lines.start(), lines.end());
  }

  /**
   * Takes the sample whose first line stands there. Whether it is a reject may depend on the lines
   * before it, so that it is decided later, in the order of the text.
   */
  protected final void take(Sample sample, int start, int end) {
    if (SampleInterpreter.mayReject(sample)) {
      takeDoubtful(sample, start, end, false);
    } else {
      entries.add(sample.timeNanos().orElse(TimedEntries.NO_TIME), new TextEntry.Sampled(sample));
    }
  }

  /** Takes the sample whose first line stands there, and whose other lines seem to be cut off. */
  protected final void takeCutOff(Sample sample, int start, int end) {
    if (SampleInterpreter.mayReject(sample)) {
      takeDoubtful(sample, start, end, true);
    } else {
      take(sample, start, end);
    }
  }

  private void takeDoubtful(Sample sample, int start, int end, boolean cutOff) {
    String excerpt = excerpt(start, end);
    entries.add(TimedEntries.NO_TIME, new TextEntry.Doubtful(sample, excerpt, cutOff));
  }

  /** Takes the record of the current line. */
  protected final void take(TraceRecord record) {
    entries.add(TimedEntries.NO_TIME, new TextEntry.NonSample(record));
  }

  /** Takes a fact about the trace that the current line states. */
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

  /** The start of a line, for a reject; no character is cut. */
  private String excerpt(int start, int end) {
    int bytes = Math.min(end - start, EXCERPT_BYTES);
    String text = new String(lines.bytes(), start, bytes, StandardCharsets.UTF_8);
    return Printable.cut(text, Reject.EXCERPT_LENGTH);
  }
}
