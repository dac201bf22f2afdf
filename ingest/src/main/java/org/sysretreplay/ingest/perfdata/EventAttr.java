package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.sample.TracepointPeriod;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * The fields of {@code struct perf_event_attr} that decide how a sample is laid out.
 *
 * @param type 2 is a tracepoint
 * @param config a tracepoint's number
 * @param samplePeriod of how many events one is sampled, or, with {@code frequency}, how many are
 *     aimed at in a second; 0 where none are sampled
 * @param frequency whether the kernel changes the period as it likes
 * @param newestFirst whether the kernel writes its buffer from the end, as for {@code --overwrite}
 */
record EventAttr(
    long type,
    long config,
    long samplePeriod,
    boolean frequency,
    long sampleType,
    long readFormat,
    boolean sampleIdAll,
    boolean newestFirst,
    long branchSampleType,
    long userRegisters) {

  static final long TYPE_TRACEPOINT = 2;

  private static final int FREQUENCY_BIT = 10;
  private static final int SAMPLE_ID_ALL_BIT = 18;
  private static final int WRITE_BACKWARD_BIT = 27;

  /** Bytes of the first published version, which every later one starts with. */
  private static final int VERSION_0_BYTES = 64;

  /**
   * Reads one attribute; an older, shorter one leaves its later fields zero, a newer one is read as
   * far as we know it.
   *
   * <pre>
   * offset  0 u32 type          4 u32 size           8 u64 config
   *        16 u64 sample_period 24 u64 sample_type   32 u64 read_format
   *        40 u64 flags         48 u32 wakeup        52 u32 bp_type
   *        56 u64 config1       64 u64 config2       72 u64 branch_sample_type
   *        80 u64 sample_regs_user
   * </pre>
   */
  static EventAttr read(ByteCursor in) {
    long type = in.u32("attr type");
    in.u32("attr size");
    long config = in.u64("attr config");
    long samplePeriod = in.u64("attr sample_period");
    long sampleType = in.u64("attr sample_type");
    long readFormat = in.u64("attr read_format");
    long flags = in.u64("attr flags");
    in.skip("attr wakeup to config1", VERSION_0_BYTES - in.position());
    optional(in);
    long branchSampleType = optional(in);
    long userRegisters = optional(in);
    return new EventAttr(
        type,
        config,
        samplePeriod,
        (flags >>> FREQUENCY_BIT & 1) != 0,
        sampleType,
        readFormat,
        (flags >>> SAMPLE_ID_ALL_BIT & 1) != 0,
        (flags >>> WRITE_BACKWARD_BIT & 1) != 0,
        branchSampleType,
        userRegisters);
  }

  private static long optional(ByteCursor in) {
    return in.left() < Long.BYTES ? 0 : in.u64("attr field");
  }

  /** Which of its events are recorded, as of a tracepoint. */
  Sampling sampling() {
    boolean showsPeriod = SampleType.has(sampleType, SampleType.PERIOD);
    return TracepointPeriod.sampling(samplePeriod, frequency, showsPeriod);
  }

  /** Where the id stands in a sample: how many words come before it, if it is there. */
  int idWord() {
    if (hasIdentifier()) {
      return 0;
    }
    return Long.bitCount(
        sampleType & (SampleType.IP | SampleType.TID | SampleType.TIME | SampleType.ADDR));
  }

  /** Whether every record ends or begins with the id of its event. */
  boolean hasIdentifier() {
    return SampleType.has(sampleType, SampleType.IDENTIFIER);
  }

  /** Whether samples say which event they belong to. */
  boolean hasId() {
    return SampleType.has(sampleType, SampleType.ID | SampleType.IDENTIFIER);
  }
}
