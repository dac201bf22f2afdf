package org.sysretreplay.ingest.trace;

/**
 * What the recorder says it lost. The kernel reports a full buffer record by record, and newer
 * perfs add a total for each event when they end: the same loss, told twice, so that the greater
 * sum is the loss.
 *
 * <p>The counts are what a file says and may be any 64 bits; a sum that is too great stays at the
 * greatest number.
 */
public final class Losses {

  private long records;
  private long samples;

  /** Adds what one LOST record tells, an unsigned number. */
  public void addRecords(long count) {
    records = sum(records, count);
  }

  /** Adds what one LOST_SAMPLES record tells, an unsigned number. */
  public void addSamples(long count) {
    samples = sum(samples, count);
  }

  /** How many samples were lost; never negative. */
  public long total() {
    return Math.max(records, samples);
  }

  private static long sum(long total, long count) {
    boolean fits = count >= 0 && count <= Long.MAX_VALUE - total;
    return fits ? total + count : Long.MAX_VALUE;
  }
}
