package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceHeader;

/** What a recording says of itself and of its events. */
sealed interface PerfHeader permits FileHeader, PipeHeader {

  /** What it says of itself, as far as it was read. */
  TraceHeader header();

  /** Its events, as far as they were read. */
  EventTable events();

  /** Whether the records of its processors are in files of their own. */
  boolean isOfFolder();

  /** Where the records begin, in bytes of the file. */
  long recordsStart();

  /** Where the records end, in bytes of the file. */
  long recordsEnd();
}
