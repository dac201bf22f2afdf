package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The entries of some records, in the order of the file.
 *
 * @param steps how the times of the samples step for each processor
 * @param failure why reading failed behind these records; null if it did not
 */
record EntryBatch(
    TimedEntries<PerfDataEntry> list, ClockSteps.Count steps, TraceException failure) {}
