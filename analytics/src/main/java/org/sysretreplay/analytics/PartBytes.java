package org.sysretreplay.analytics;

/** How large the parts are in which Parquet files of frames are read. */
public final class PartBytes {

  /** What one worker reads at most, about 15 million frames. */
  static final long MAX = 1 << 26;

  /** Of a smaller part opening the file takes longer than reading it. */
  static final long MIN = 1 << 22;

  /** For each processor, so that all are done at about the same time. */
  private static final int PARTS_A_PROCESSOR = 4;

  private PartBytes() {}

  /**
   * So that all processors have something to do, but small files are not cut.
   *
   * @param bytes of all files together
   */
  public static long of(long bytes, int processors) {
    return of(bytes, processors, MIN);
  }

  static long of(long bytes, int processors, long min) {
    long each = bytes / ((long) processors * PARTS_A_PROCESSOR);
    return Math.max(min, Math.min(MAX, each));
  }
}
