package org.sysretreplay.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.ingest.TraceRecord.Rejected;

/**
 * What the readers of line-by-line formats share: one record a line, blank lines passed over, lines
 * without end refused, and a damaged compressed stream as the last reject.
 */
public abstract class TextTraceReader extends SteppingReader {

  private final LineReader lines;
  private boolean ended;

  /** Opens the text, decompressing it where it is packed. */
  protected TextTraceReader(Path path) {
    super(path.toString());
    try {
      lines = new LineReader(TraceBytes.open(path));
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  /**
   * The record in the current line, or nothing where the line holds none, as a comment, or where it
   * was taken as a sample.
   */
  protected abstract Optional<TraceRecord> parse(byte[] line, int length, Place place);

  @Override
  protected boolean step() {
    if (ended) {
      return false;
    }
    try {
      if (lines.advance()) {
        record().ifPresent(this::accept);
      } else {
        ended = true;
      }
    } catch (IOException e) {
      if (!TraceBytes.isDamage(e)) {
        throw TraceBytes.unreadable(source(), e);
      }
      ended = true;
      accept(damaged(e));
    }
    return true;
  }

  /** Takes a record that is sure; some readers have to put it into order first. */
  protected void accept(TraceRecord record) {
    give(record);
  }

  private Optional<TraceRecord> record() {
    Place place = Place.ofLine(source(), lines.number());
    if (lines.tooLong()) {
      return Optional.of(
          reject(place, RejectReason.LINE_TOO_LONG, RejectReason.LINE_TOO_LONG.sentence()));
    }
    return isBlank() ? Optional.empty() : parse(lines.bytes(), lines.length(), place);
  }

  private boolean isBlank() {
    for (int i = 0; i < lines.length(); i++) {
      if (lines.bytes()[i] > ' ' || lines.bytes()[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private TraceRecord damaged(IOException e) {
    return new Rejected(
        new Reject(
            Place.ofLine(source(), lines.number() + 1),
            RejectReason.BROKEN_FRAMING,
            TraceBytes.damage(e),
            ""));
  }

  /** A reject of the current line. */
  protected Rejected reject(Place place, RejectReason reason, String detail) {
    return new Rejected(new Reject(place, reason, detail, excerpt()));
  }

  /** The start of the current line, for a reject. */
  protected String excerpt() {
    int length = Math.min(lines.length(), Reject.EXCERPT_LENGTH);
    return new String(lines.bytes(), 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }
}
