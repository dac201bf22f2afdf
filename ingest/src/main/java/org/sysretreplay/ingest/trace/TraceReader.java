package org.sysretreplay.ingest.trace;

import java.util.Iterator;

/**
 * The records of one trace, read as they are asked for, in time order; JSON lines and rows of
 * Parquet in their own order. Memory stays bounded however long the trace is. Not safe for use by
 * several threads.
 *
 * <p>{@link #next} throws {@link TraceException} where the whole file turns out to be unreadable.
 */
public interface TraceReader extends Iterator<TraceRecord>, AutoCloseable {

  /** What the trace says of itself, as far as it was read: text formats may learn it on the way. */
  TraceHeader header();

  /** How many samples the recorder says it lost, in what was read so far. */
  long lost();

  /**
   * The code that processes had mapped, as far as the trace was read: all of it once the last
   * record was handed on. Formats that tell of none have none.
   */
  default ExecutableMaps maps() {
    return ExecutableMaps.NONE;
  }

  @Override
  void close();
}
