package org.sysretreplay.ingest.generate;

/**
 * Buckets for the times between frames, which are rounded down to 5 significant bits: 1 ns wide up
 * to 32 ns, then 16 to the octave, so that a time is known to 6 %. A bucket is named by its lowest
 * time.
 */
final class GapBuckets {

  private static final int SIGNIFICANT_BITS = 5;

  /** Almost five hours; a longer gap says more of the recorder's clock than of the workload. */
  static final long LONGEST = 1L << 44;

  private GapBuckets() {}

  /**
   * The bucket of that many nanoseconds, after limiting them to the range from 0 to {@link
   * #LONGEST}.
   */
  static long of(long nanos) {
    long gap = Math.max(0, Math.min(nanos, LONGEST));
    return gap & -width(gap);
  }

  /** The width of the bucket of that time in nanoseconds, a power of two. */
  static long width(long nanos) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(nanos);
    return 1L << Math.max(0, bits - SIGNIFICANT_BITS);
  }
}
