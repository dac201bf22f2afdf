package org.sysretreplay.analytics;

/** Decides how large the parts are that Parquet files of frames are cut into. */
public final class PartBytes {

  /** The largest part, about 15 million frames. */
  static final long MAX = 1 << 26;

  /** The smallest part: below this, opening the file takes longer than reading it. */
  static final long MIN = 1 << 22;

  /** Several parts for each processor, so that all processors finish at about the same time. */
  private static final int PARTS_A_PROCESSOR = 4;

  private PartBytes() {}

  /**
   * The size of a part, in bytes: small enough to keep all processors busy, but small files stay
   * whole.
   *
   * @param bytes the size of all files together
   */
  public static long of(long bytes, int processors) {
    return of(bytes, processors, MIN);
  }

  static long of(long bytes, int processors, long min) {
    long each = bytes / ((long) processors * PARTS_A_PROCESSOR);
    return Math.max(min, Math.min(MAX, each));
  }
}
