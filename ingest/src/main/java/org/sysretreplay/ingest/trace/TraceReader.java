package org.sysretreplay.ingest.trace;

import java.util.Iterator;

/**
 * Reads the records of one trace on demand, in time order; JSON lines and rows of Parquet come in
 * their own order. Memory stays bounded however long the trace is. Not safe for use by several
 * threads.
 *
 * <p>{@link #next} throws {@link TraceException} if the file turns out to be unreadable as a whole.
 */
public interface TraceReader extends Iterator<TraceRecord>, AutoCloseable {

  /** The header as far as it was read: text formats may find parts of it later on. */
  TraceHeader header();

  /** How many samples were lost by what the recorder says in the part that was read so far. */
  long lost();

  /**
   * The mappings of code in the part that was read so far, which is complete once the last record
   * was handed on. Formats without mappings give none.
   */
  default ExecutableMaps maps() {
    return ExecutableMaps.NONE;
  }

  @Override
  void close();
}
