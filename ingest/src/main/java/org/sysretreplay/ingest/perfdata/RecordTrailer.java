package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;

/**
 * The fields that the kernel appends to every record that is no sample, where {@code sample_id_all}
 * is set: pid and tid, time, id, stream id, cpu, identifier, each 8 bytes if its bit is set.
 */
final class RecordTrailer {

  private static final long FIELDS =
      SampleType.TID
          | SampleType.TIME
          | SampleType.ID
          | SampleType.STREAM_ID
          | SampleType.CPU
          | SampleType.IDENTIFIER;

  private final int bytes;

  /** Where the time stands, in bytes from the start of the trailer; -1 where it does not. */
  private final int timeAt;

  /** All events of one recording have the same trailer: perf sees to it when it opens them. */
  RecordTrailer(PerfHeader header) {
    EventAttr attr = header.events().get(0).attr();
    long fields = attr.sampleIdAll() ? attr.sampleType() & FIELDS : 0;
    bytes = Long.BYTES * Long.bitCount(fields);
    timeAt =
        SampleType.has(fields, SampleType.TIME)
            ? Long.BYTES * Long.bitCount(fields & SampleType.TID)
            : -1;
  }

  int bytes() {
    return bytes;
  }

  /** When the record was written; absent where it does not say. */
  OptionalLong time(ByteCursor body) {
    int position = body.left() - bytes + timeAt;
    return timeAt < 0 || position < 0 ? OptionalLong.empty() : OptionalLong.of(body.at(position));
  }

  /** PERF_RECORD_COMM: u32 pid, u32 tid, the name padded with zeros, the trailer. */
  static PerfDataEntry comm(ByteCursor body, int bodyBytes) {
    body.s32("comm pid");
    int tid = body.s32("comm tid");
    return new PerfDataEntry.Named(tid, body.text("comm", bodyBytes - 2L * Integer.BYTES));
  }

  /** PERF_RECORD_FORK: u32 pid, parent pid, tid, parent tid, u64 time, the trailer. */
  static PerfDataEntry fork(ByteCursor body, int bodyBytes) {
    body.s32("fork pid");
    body.s32("fork parent pid");
    int tid = body.s32("fork tid");
    return new PerfDataEntry.Forked(tid, body.s32("fork parent tid"));
  }
}
