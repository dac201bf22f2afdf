package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceHeader;

/** The header of a recording: what it says about itself and its events. */
sealed interface PerfHeader permits FileHeader, PipeHeader {

  /** What the recording says about itself, as far as it was read. */
  TraceHeader header();

  /** The events, as far as they were read. */
  EventTable events();

  /** Whether the records of each processor are in a file of their own. */
  boolean isOfFolder();

  /** Where the records begin, in bytes of the file. */
  long recordsStart();

  /** Where the records end, in bytes of the file. */
  long recordsEnd();
}
