package org.sysretreplay.ingest.perfdata;

import java.util.List;
import java.util.Map;
import org.sysretreplay.ingest.TraceHeader;

/**
 * What stands around the records of a perf.data file: its events, and what it says of itself.
 *
 * @param dataOffset where the records begin, in bytes
 * @param dataSize how many bytes of records there are
 * @param eventsById the event of every id that a sample may carry
 */
record PerfHeader(
    TraceHeader header,
    long dataOffset,
    long dataSize,
    List<PerfEvent> events,
    Map<Long, PerfEvent> eventsById) {}
