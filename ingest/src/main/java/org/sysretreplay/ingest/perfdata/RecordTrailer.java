package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;

/**
 * The fields that the kernel appends to every record that is no sample, if {@code sample_id_all} is
 * set: pid and tid, time, id, stream id, cpu, identifier, each 8 bytes if its bit is set.
 */
final class RecordTrailer {

  private static final long FIELDS =
      SampleType.TID
          | SampleType.TIME
          | SampleType.ID
          | SampleType.STREAM_ID
          | SampleType.CPU
          | SampleType.IDENTIFIER;

  private final EventTable events;

  RecordTrailer(EventTable events) {
    this.events = events;
  }

  /** How many bytes of an unread body the trailer takes. */
  int bytes(ByteCursor body) {
    return Long.BYTES * Long.bitCount(fields(body));
  }

  /** When the record was written; empty if it does not say. */
  OptionalLong time(ByteCursor body) {
    long fields = fields(body);
    int position = body.left() - bytes(body);
    if (!SampleType.has(fields, SampleType.TIME) || position < 0) {
      return OptionalLong.empty();
    }
    int before = Long.BYTES * Long.bitCount(fields & SampleType.TID);
    return OptionalLong.of(body.at(position + before));
  }

  private long fields(ByteCursor body) {
    return events
        .ofOther(body)
        .map(PerfEvent::attr)
        .filter(EventAttr::sampleIdAll)
        .map(attr -> attr.sampleType() & FIELDS)
        .orElse(0L);
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
