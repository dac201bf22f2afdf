package org.sysretreplay.ingest.store;

import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/** What is known of a trace that was read to its end, whether it is in a store or not. */
public interface TraceFacts {

  String workload();

  String traceId();

  /** The file as the user named it. */
  String source();

  /** The id of its format. */
  String format();

  TraceHeader header();

  /** What is known of the machine that it was recorded on. */
  MachineFacts machine();

  /** What became of its records when it is read so. */
  Counts counts(Reading reading);

  /** How many interrupts of the kernel carry registers, which are no returns. */
  long inKernel();

  /** From its first frame to its last. */
  TimeSpan span();
}
