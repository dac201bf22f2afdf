package org.sysretreplay.ingest.flow;

import org.sysretreplay.ingest.trace.TraceException;

/**
 * A source from which elements are pulled one by one: bytes, blocks or entries of a trace. Several
 * threads may take turns, but not call it at the same time.
 *
 * @param <T> an element
 */
public interface PullSource<T> extends AutoCloseable {

  /**
   * The next element; null at the end and on every call after it.
   *
   * @throws TraceException if the trace cannot be read any further; every later call throws too
   */
  T next();

  /** Releases the source; closing it again does nothing. */
  @Override
  void close();
}
