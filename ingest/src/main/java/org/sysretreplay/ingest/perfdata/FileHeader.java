package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The header of a recording in a file, which is complete before the first record.
 *
 * @param end where the last of what the header names ends, in bytes of the file
 */
record FileHeader(
    TraceHeader header,
    EventTable events,
    boolean isOfFolder,
    long recordsStart,
    long recordsEnd,
    long end)
    implements PerfHeader {}
