package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** What a record tells, of those that tell anything that a frame needs. */
sealed interface PerfDataEntry
    permits PerfSample,
        SpaceEvent,
        PerfDataEntry.Named,
        PerfDataEntry.Forked,
        PerfDataEntry.Broken,
        PerfDataEntry.Mark,
        PerfDataEntry.LostRecords,
        PerfDataEntry.LostSamples {

  /** A thread was named, by execve or by itself. */
  record Named(int tid, String comm) implements PerfDataEntry {}

  /** A thread was made, and has its maker's name. */
  record Forked(int tid, int parentTid) implements PerfDataEntry {}

  /** What could not be read; it has no place in time. */
  record Broken(Rejected reject) implements PerfDataEntry {}

  /** Marks the places at which entries can be put into order. */
  enum Mark implements PerfDataEntry {
    /**
     * perf has written all buffers once more: see {@link org.sysretreplay.ingest.flow.TimeOrder}.
     */
    ROUND_END,
    /** Nothing can be read behind it. */
    END
  }

  /** The kernel lost so many samples, an unsigned number. */
  record LostRecords(long count) implements PerfDataEntry {}

  /** The kernel lost so many samples of an event by the end, an unsigned number. */
  record LostSamples(long count) implements PerfDataEntry {}
}
