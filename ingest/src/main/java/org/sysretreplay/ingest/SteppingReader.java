package org.sysretreplay.ingest;

import java.util.NoSuchElementException;

/** A reader that goes on step by step until one gives a record. */
public abstract class SteppingReader implements TraceReader {

  private final String source;
  private TraceRecord next;

  /**
   * A reader at the start of its trace.
   *
   * @param source the file as the user named it
   */
  protected SteppingReader(String source) {
    this.source = source;
  }

  /**
   * Goes on a little, and {@link #give}s the record that this leads to, if any; false at the end.
   */
  protected abstract boolean step();

  /** Hands a record on; at most one in a step. */
  protected final void give(TraceRecord record) {
    next = record;
  }

  /** The file as the user named it. */
  protected final String source() {
    return source;
  }

  @Override
  public final boolean hasNext() {
    while (next == null && step()) {
      // This step led to no record: a comment, a name, or an entry that waits for its time.
    }
    return next != null;
  }

  @Override
  public final TraceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end of " + source);
    }
    TraceRecord record = next;
    next = null;
    return record;
  }
}
