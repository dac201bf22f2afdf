package org.sysretreplay.analytics;

/**
 * Adds up the frames of one trace; not thread-safe.
 *
 * @param <T> the table that they add up to
 */
public interface FrameSink<T> {

  /**
   * Adds frames that are alike: they are of one class and have the same values in the columns asked
   * for.
   *
   * @param frame any of them, which stands for all
   * @param count how many exits they are
   */
  void add(FrameView frame, long count);

  /** The sum of all frames added so far. */
  T table();
}
