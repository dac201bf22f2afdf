package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.Place;

/**
 * Reads the body of a PERF_RECORD_SAMPLE up to its user registers. The rest of the record, and
 * whatever newer kernels add to it, is skipped.
 */
final class SampleParser {

  private static final int BRANCH_ENTRY_WORDS = 3;

  private SampleParser() {}

  /**
   * Reads one sample.
   *
   * @param places the file
   * @param offset where its record begins, in bytes of the file
   * @throws ShortReadException if the body ends before a field that its type announces
   */
  static PerfSample parse(PerfEvent event, ByteCursor in, Place.Source places, long offset) {
    EventAttr attr = event.attr();
    long type = attr.sampleType();
    SampleHead head = event.head();
    head.pass(in);
    if (SampleType.has(type, SampleType.READ)) {
      skipRead(in, attr.readFormat());
    }
    if (SampleType.has(type, SampleType.CALLCHAIN)) {
      in.skipWords("sample callchain", in.u64("sample callchain size"));
    }
    EventFields fields = EventFields.NONE;
    if (SampleType.has(type, SampleType.RAW)) {
      long bytes = in.u32("sample raw size");
      int start = in.position();
      in.skip("sample raw data", bytes);
      fields = event.matters() ? event.raw().read(in, start, (int) bytes) : EventFields.NONE;
    }
    if (SampleType.has(type, SampleType.BRANCH_STACK)) {
      skipBranches(in, attr.branchSampleType());
    }
    UserRegisters registers =
        event.matters() && SampleType.has(type, SampleType.REGS_USER)
            ? event.registers().read(in)
            : UserRegisters.NONE;
    return new PerfSample(
        places, offset, event, head.task(in), head.time(in), head.cpu(in), fields, registers);
  }

  /** Skips the read values: without GROUP the value comes first, with GROUP their count. */
  private static void skipRead(ByteCursor in, long format) {
    long times =
        Long.bitCount(
            format & (SampleType.FORMAT_TOTAL_TIME_ENABLED | SampleType.FORMAT_TOTAL_TIME_RUNNING));
    long words = 1 + Long.bitCount(format & (SampleType.FORMAT_ID | SampleType.FORMAT_LOST));
    if (SampleType.has(format, SampleType.FORMAT_GROUP)) {
      long members = in.u64("sample read count");
      in.skipWords("sample read times", times);
      in.skipWords(
          "sample read values", in.count("sample read count", members, Long.BYTES) * words);
    } else {
      in.skipWords("sample read value", times + words);
    }
  }

  private static void skipBranches(ByteCursor in, long branchSampleType) {
    long branches = in.u64("sample branch count");
    if (SampleType.has(branchSampleType, SampleType.BRANCH_HW_INDEX)) {
      in.u64("sample branch index");
    }
    long words =
        SampleType.has(branchSampleType, SampleType.BRANCH_COUNTERS)
            ? BRANCH_ENTRY_WORDS + 1
            : BRANCH_ENTRY_WORDS;
    in.skipWords("sample branches", in.count("sample branch count", branches, Long.BYTES) * words);
  }
}
