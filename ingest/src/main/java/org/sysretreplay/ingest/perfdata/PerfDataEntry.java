package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.UserRegisters;

/** What has to be looked at in time order: a sample, or a change of a thread's name. */
sealed interface PerfDataEntry {

  /** A thread was named, by execve or by itself. */
  record Named(int tid, String comm) implements PerfDataEntry {}

  /** A thread was made, and has its maker's name. */
  record Forked(int tid, int parentTid) implements PerfDataEntry {}

  /**
   * A sample as it stands in the file; its thread's name is known only in time order.
   *
   * @param offset where its record begins, in bytes of the file
   */
  record Sampled(
      long offset,
      PerfEvent event,
      OptionalLong pid,
      OptionalLong tid,
      OptionalLong timeNanos,
      OptionalLong cpu,
      EventFields fields,
      UserRegisters registers)
      implements PerfDataEntry {}
}
