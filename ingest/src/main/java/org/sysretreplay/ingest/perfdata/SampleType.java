package org.sysretreplay.ingest.perfdata;

/**
 * The bits of {@code sample_type}, {@code read_format} and {@code branch_sample_type} (kernel file
 * include/uapi/linux/perf_event.h). FORMATS.md lays out the sample that they describe.
 */
final class SampleType {

  static final long IP = 1L;
  static final long TID = 1L << 1;
  static final long TIME = 1L << 2;
  static final long ADDR = 1L << 3;
  static final long READ = 1L << 4;
  static final long CALLCHAIN = 1L << 5;
  static final long ID = 1L << 6;
  static final long CPU = 1L << 7;
  static final long PERIOD = 1L << 8;
  static final long STREAM_ID = 1L << 9;
  static final long RAW = 1L << 10;
  static final long BRANCH_STACK = 1L << 11;
  static final long REGS_USER = 1L << 12;
  static final long IDENTIFIER = 1L << 16;

  static final long FORMAT_TOTAL_TIME_ENABLED = 1L;
  static final long FORMAT_TOTAL_TIME_RUNNING = 1L << 1;
  static final long FORMAT_ID = 1L << 2;
  static final long FORMAT_GROUP = 1L << 3;
  static final long FORMAT_LOST = 1L << 4;

  static final long BRANCH_HW_INDEX = 1L << 17;
  static final long BRANCH_COUNTERS = 1L << 19;

  private SampleType() {}

  /** Whether any bit of {@code bits} is set in {@code mask}. */
  static boolean has(long mask, long bits) {
    return (mask & bits) != 0;
  }
}
