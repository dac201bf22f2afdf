package org.sysretreplay.ingest.flow;

import org.sysretreplay.ingest.trace.TraceException;

/**
 * What is read of a trace, some at a time, by one thread after the other.
 *
 * @param <T> a piece of it
 */
public interface Pieces<T> extends AutoCloseable {

  /**
   * The next piece; null at the end, and ever after.
   *
   * @throws TraceException where nothing more can be read, and again whenever it is called then
   */
  T next();

  /** Ends the reading; closing once more does nothing. */
  @Override
  void close();
}
