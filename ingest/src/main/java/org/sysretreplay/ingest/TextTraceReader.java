package org.sysretreplay.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.ingest.TraceRecord.Rejected;

/**
 * What the readers of line-by-line formats share: one record a line, blank lines passed over, lines
 * without end refused, and a damaged compressed stream as the last reject.
 *
 * <p>The lines of a large text are read and understood by a thread of their own: only {@link
 * #handOn}, {@link #finish} and what users call runs on the thread of the user.
 */
public abstract class TextTraceReader extends SteppingReader {

  /** Of smaller files the lines are read as they are needed: a thread would cost more. */
  private static final long LEAST_BYTES_AHEAD = 1 << 22;

  /** How many lines are read at a time, where they need not be put into order. */
  private static final int CHUNK_LINES = 1 << 10;

  private final LineReader lines;
  private final boolean large;
  private final Place.Source places = new Place.Source(source(), Place.Unit.LINE);
  private final Set<String> events = new HashSet<>();
  private List<TextChunk.Line> due = new ArrayList<>();
  private boolean ended;

  /** Why nothing more can be read; null as long as it can. */
  private TraceException failure;

  /** The lines, once the first was asked for. */
  private ChunkSource<TextChunk> chunks;

  private TextChunk chunk = TextChunk.NOTHING;

  /** Opens the text, decompressing it where it is packed. */
  protected TextTraceReader(Path path) {
    super(path.toString());
    try {
      large = Files.size(path) >= LEAST_BYTES_AHEAD;
      lines = new LineReader(TraceBytes.open(path));
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  /**
   * The record in the current line, or nothing where the line holds none, as a comment, or where it
   * was taken as a sample.
   */
  protected abstract Optional<TraceRecord> parse(byte[] line, int length);

  /** What the lines say of the trace, up to the current one. */
  protected TraceHeader headerRead() {
    return TraceHeader.EMPTY;
  }

  /** How many samples the lines say the recorder lost, up to the current one. */
  protected long lostRead() {
    return 0;
  }

  /** Notes that the text says that an event of that name was recorded. */
  protected final void noteEvent(String name) {
    events.add(name);
  }

  @Override
  public final TraceHeader header() {
    return chunk.header();
  }

  @Override
  public final long lost() {
    return chunk.lost();
  }

  /** The names of the recorded events, as far as the text says. */
  final Set<String> events() {
    return chunk.events();
  }

  @Override
  protected final boolean step() {
    if (chunks == null) {
      chunks = large ? new ReadAhead<>(source(), new Chunks()) : new Chunks();
    }
    chunk = chunks.next();
    chunk.entries().forEach(this::handOn);
    return !chunk.entries().isEmpty();
  }

  /** Hands on what a line holds, in the order in which it came {@link #due}. */
  void handOn(TextChunk.Line line) {
    give(line.record());
  }

  /** The lines as they are read. */
  private final class Chunks implements ChunkSource<TextChunk> {

    /** What was read before a failure is handed on before it. */
    @Override
    public TextChunk next() {
      while (due.size() < CHUNK_LINES && !ended && failure == null) {
        readLine();
      }
      if (due.isEmpty() && failure != null) {
        throw failure;
      }
      List<TextChunk.Line> read = due;
      due = new ArrayList<>(read.size());
      return new TextChunk(read, headerRead(), lostRead(), Set.copyOf(events));
    }

    @Override
    public void close() {
      closeLines();
    }
  }

  private void readLine() {
    try {
      if (lines.advance()) {
        record().ifPresent(this::accept);
      } else {
        end();
      }
    } catch (IOException e) {
      if (TraceBytes.isDamage(e)) {
        accept(damaged(e));
        end();
      } else {
        failure = TraceBytes.unreadable(source(), e);
      }
    }
  }

  private void end() {
    ended = true;
    endLines();
  }

  /** Told once, behind the last line, to let out what was held back. */
  void endLines() {
    // Nothing is held back unless a reader says so.
  }

  /** Takes a record that is sure; some readers have to put it into order first. */
  void accept(TraceRecord record) {
    due(new TextChunk.Line(null, record));
  }

  /** What comes next. */
  final void due(TextChunk.Line line) {
    due.add(line);
  }

  private Optional<TraceRecord> record() {
    if (lines.tooLong()) {
      return Optional.of(reject(RejectReason.LINE_TOO_LONG, RejectReason.LINE_TOO_LONG.sentence()));
    }
    return isBlank() ? Optional.empty() : parse(lines.bytes(), lines.length());
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
            places.at(lines.number() + 1), RejectReason.BROKEN_FRAMING, TraceBytes.damage(e), ""));
  }

  /** The text, whose positions are lines. */
  protected final Place.Source places() {
    return places;
  }

  /** The current line's number, from 1. */
  protected final long lineNumber() {
    return lines.number();
  }

  /** A reject of the current line. */
  protected final Rejected reject(RejectReason reason, String detail) {
    return new Rejected(new Reject(places.at(lines.number()), reason, detail, excerpt()));
  }

  /** The start of the current line, for a reject. */
  protected final String excerpt() {
    int length = Math.min(lines.length(), Reject.EXCERPT_LENGTH);
    return new String(lines.bytes(), 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public final void close() {
    if (chunks == null) {
      closeLines();
    } else {
      chunks.close();
    }
  }

  private void closeLines() {
    try {
      lines.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }
}
