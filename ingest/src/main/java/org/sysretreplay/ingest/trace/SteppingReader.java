package org.sysretreplay.ingest.trace;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;

/** The base of readers that read in steps, each of which may give any number of records. */
public abstract class SteppingReader implements TraceReader {

  private final String source;

  /** The next record, or null. Most steps give one record, which needs no queue. */
  private TraceRecord first;

  /** The records behind it. */
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
   * Reads a little further, and {@link #give}s the records that result, if any. Returns false at
   * the end.
   */
  protected abstract boolean step();

  /** Is called once at the end, to {@link #give} the records that were held back. */
  protected void finish() {
    // Most readers hold nothing back.
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
    // A step may give no record: for a comment, a thread's name, or an entry that is held back.
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
