package org.sysretreplay.ingest.store;

import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/** The facts about a trace that was read to its end, whether it is in a store or not. */
public interface TraceFacts {

  String workload();

  String traceId();

  /** The file as the user named it. */
  String source();

  /** The id of its format. */
  String format();

  TraceHeader header();

  /** The facts about the machine that it was recorded on. */
  MachineFacts machine();

  /** The counts of its records in that reading. */
  Counts counts(Reading reading);

  /** How many records are interrupts of the kernel with registers, which are no returns. */
  long inKernel();

  /** The time from its first frame to its last. */
  TimeSpan span();
}
