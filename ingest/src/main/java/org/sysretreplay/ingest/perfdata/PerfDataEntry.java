package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * What one record contributes to frames, maps or counts. Records that contribute nothing have no
 * entry.
 */
sealed interface PerfDataEntry
    permits PerfSample,
        AddressSpaceEvent,
        PerfDataEntry.Named,
        PerfDataEntry.Forked,
        PerfDataEntry.Broken,
        PerfDataEntry.Mark,
        PerfDataEntry.LostRecords,
        PerfDataEntry.LostSamples {

  /** A thread got a name, by execve or by its own choice. */
  record Named(int tid, String comm) implements PerfDataEntry {}

  /** A thread was made, which has the name of its parent. */
  record Forked(int tid, int parentTid) implements PerfDataEntry {}

  /** A record that could not be read; it has no time. */
  record Broken(Rejected reject) implements PerfDataEntry {}

  /** A place in the file up to which entries can be put into time order. */
  enum Mark implements PerfDataEntry {
    /**
     * perf has written all buffers once more: see {@link org.sysretreplay.ingest.flow.TimeOrder}.
     */
    ROUND_END,
    /** Nothing can be read behind this place. */
    END
  }

  /** The kernel lost so many records just now, an unsigned number. */
  record LostRecords(long count) implements PerfDataEntry {}

  /** The kernel lost so many samples of an event in all, an unsigned number. */
  record LostSamples(long count) implements PerfDataEntry {}
}
