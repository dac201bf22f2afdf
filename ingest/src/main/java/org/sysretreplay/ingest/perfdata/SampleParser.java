package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.PerfRegister;
import org.sysretreplay.ingest.UserRegisters;

/**
 * Reads the body of a PERF_RECORD_SAMPLE up to its user registers. What stands behind them is not
 * needed and, whatever a newer kernel adds, is passed over with the record.
 */
final class SampleParser {

  private static final int BRANCH_ENTRY_WORDS = 3;

  private SampleParser() {}

  /**
   * Reads one sample.
   *
   * @param offset where its record begins, in bytes of the file
   * @throws ShortReadException where the body ends before a field that its type announces
   */
  static PerfDataEntry.Sampled parse(PerfEvent event, ByteCursor in, long offset) {
    EventAttr attr = event.attr();
    long type = attr.sampleType();
    skipWord(in, type, SampleType.IDENTIFIER, "sample identifier");
    skipWord(in, type, SampleType.IP, "sample ip");
    OptionalLong pid = OptionalLong.empty();
    OptionalLong tid = OptionalLong.empty();
    if (SampleType.has(type, SampleType.TID)) {
      pid = OptionalLong.of(in.s32("sample pid"));
      tid = OptionalLong.of(in.s32("sample tid"));
    }
    OptionalLong time =
        SampleType.has(type, SampleType.TIME)
            ? OptionalLong.of(in.u64("sample time"))
            : OptionalLong.empty();
    skipWord(in, type, SampleType.ADDR, "sample addr");
    skipWord(in, type, SampleType.ID, "sample id");
    skipWord(in, type, SampleType.STREAM_ID, "sample stream id");
    OptionalLong cpu = OptionalLong.empty();
    if (SampleType.has(type, SampleType.CPU)) {
      cpu = OptionalLong.of(in.s32("sample cpu"));
      in.u32("sample cpu reserved");
    }
    skipWord(in, type, SampleType.PERIOD, "sample period");
    if (SampleType.has(type, SampleType.READ)) {
      skipRead(in, attr.readFormat());
    }
    if (SampleType.has(type, SampleType.CALLCHAIN)) {
      in.skipWords("sample callchain", in.u64("sample callchain size"));
    }
    EventFields fields = EventFields.NONE;
    if (SampleType.has(type, SampleType.RAW)) {
      ByteCursor raw = in.take("sample raw data", in.u32("sample raw size"));
      fields = event.matters() ? RawFields.read(event, raw) : EventFields.NONE;
    }
    if (SampleType.has(type, SampleType.BRANCH_STACK)) {
      skipBranches(in, attr.branchSampleType());
    }
    UserRegisters registers =
        event.matters() && SampleType.has(type, SampleType.REGS_USER)
            ? registers(in, attr.userRegisters())
            : UserRegisters.NONE;
    return new PerfDataEntry.Sampled(offset, event, pid, tid, time, cpu, fields, registers);
  }

  private static void skipWord(ByteCursor in, long type, long bit, String field) {
    if (SampleType.has(type, bit)) {
      in.u64(field);
    }
  }

  /** Without GROUP the value comes first; with GROUP the count does. */
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

  /** The registers stand in the order of the mask's bits, whatever the option's order was. */
  private static UserRegisters registers(ByteCursor in, long mask) {
    long abi = in.u64("sample user register ABI");
    UserRegisters registers = new UserRegisters(abi);
    if (abi != UserRegisters.ABI_NONE) {
      for (long rest = mask; rest != 0; rest &= rest - 1) {
        long value = in.u64("sample user register");
        int bit = Long.numberOfTrailingZeros(rest);
        Optional<PerfRegister> register = PerfRegister.ofBit(bit);
        if (register.isPresent()) {
          registers.put(register.get(), value);
        }
      }
    }
    return registers;
  }
}
