package org.sysretreplay.ingest.trace;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;

/** A reader that goes on step by step until one gives a record. */
public abstract class SteppingReader implements TraceReader {

  private final String source;

  /** What comes next, if it is there: most steps lead to one record. */
  private TraceRecord first;

  /** What comes behind it. */
  private final ArrayDeque<TraceRecord> ready = new ArrayDeque<>();

  private boolean ended;

  /**
   * A reader at the start of its trace.
   *
   * @param source the file as the user named it
   */
  protected SteppingReader(String source) {
    this.source = source;
  }

  /**
   * Goes on a little, and {@link #give}s the records that this leads to, if any; false at the end.
   */
  protected abstract boolean step();

  /** Told once, at the end, to {@link #give} what was held back. */
  protected void finish() {
    // Nothing is held back unless a reader says so.
  }

  /** Hands a record on. */
  protected final void give(TraceRecord record) {
    if (first == null) {
      first = record;
    } else {
      ready.add(record);
    }
  }

  /** The file as the user named it. */
  protected final String source() {
    return source;
  }

  @Override
  public final boolean hasNext() {
    // A step may lead to no record: a comment, a name, or an entry that waits for its time.
    while (first == null && !ended) {
      if (!step()) {
        ended = true;
        finish();
      }
    }
    return first != null;
  }

  @Override
  public final TraceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end of " + source);
    }
    TraceRecord next = first;
    first = ready.poll();
    return next;
  }
}
