package org.sysretreplay.ingest.spark;

import java.io.Serializable;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/** What is known of a trace once all of it was read. */
record Read(TraceHeader header, Counts counts, long inKernel, TimeSpan span)
    implements Serializable {}
