package org.sysretreplay.ingest;

/**
 * What is read of a trace, some at a time.
 *
 * @param <T> a piece of it
 */
public interface Pieces<T> extends AutoCloseable {

  /** The next piece; null at the end. */
  T next();

  @Override
  void close();
}
