package org.sysretreplay.analytics;

/**
 * Takes in the frames of one trace; not for use by several threads.
 *
 * @param <T> what they add up to
 */
public interface FrameSink<T> {

  /**
   * Adds frames of which one stands for all: they are of one class, and have the same values in the
   * columns that are asked for.
   */
  void add(FrameView frame, long count);

  /** What was added up so far. */
  T table();
}
