package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.TraceRecord.Rejected;
import org.sysretreplay.ingest.UserRegisters;

/** What a record tells, of those that tell anything that a frame needs. */
sealed interface PerfDataEntry {

  /** A thread was named, by execve or by itself. */
  record Named(int tid, String comm) implements PerfDataEntry {}

  /** A thread was made, and has its maker's name. */
  record Forked(int tid, int parentTid) implements PerfDataEntry {}

  /**
   * A sample as it stands in the file; its thread's name is known only in time order.
   *
   * @param offset where its record begins, in bytes of the file
   * @param ofTask whether it says whose it is
   * @param timed whether it says when it was taken
   */
  record Sampled(
      long offset,
      PerfEvent event,
      boolean ofTask,
      int pid,
      int tid,
      boolean timed,
      long timeNanos,
      OptionalLong cpu,
      EventFields fields,
      UserRegisters registers)
      implements PerfDataEntry {}

  /** What could not be read; it has no place in time. */
  record Broken(Rejected reject) implements PerfDataEntry {}

  /** Marks the places at which entries can be put into order. */
  enum Mark implements PerfDataEntry {
    /** perf has written all buffers once more: see {@link org.sysretreplay.ingest.TimeOrder}. */
    ROUND_END,
    /** Nothing can be read behind it. */
    END
  }

  /** The kernel lost so many samples, an unsigned number. */
  record LostRecords(long count) implements PerfDataEntry {}

  /** The kernel lost so many samples of an event by the end, an unsigned number. */
  record LostSamples(long count) implements PerfDataEntry {}
}
