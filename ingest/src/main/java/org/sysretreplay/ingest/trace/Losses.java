package org.sysretreplay.ingest.trace;

/**
 * Adds up the samples that a recorder says it lost. The kernel reports losses as they happen, and
 * newer versions of perf add a total for each event when they end. Both report the same losses, so
 * that the greater sum is the result.
 *
 * <p>The counts come from the file and may be any 64 bits; a sum that overflows stays at the
 * greatest number.
 */
public final class Losses {

  private long records;
  private long samples;

  /** Adds the count of a LOST record, an unsigned number. */
  public void addRecords(long count) {
    records = sum(records, count);
  }

  /** Adds the count of a LOST_SAMPLES record, an unsigned number. */
  public void addSamples(long count) {
    samples = sum(samples, count);
  }

  /** How many samples were lost; never negative. */
  public long total() {
    return Math.max(records, samples);
  }

  /** The sum of a number that is not negative and an unsigned one, at most the greatest number. */
  public static long sum(long total, long count) {
    boolean fits = count >= 0 && count <= Long.MAX_VALUE - total;
    return fits ? total + count : Long.MAX_VALUE;
  }
}
