package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceHeader;

/** The header of a recording in a file, which is complete before the first record. */
record FileHeader(
    TraceHeader header, EventTable events, boolean isOfFolder, long recordsStart, long recordsEnd)
    implements PerfHeader {}
