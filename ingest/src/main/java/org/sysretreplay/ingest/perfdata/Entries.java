package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What some records tell, in the order of the file.
 *
 * @param steps how the times of each processor's samples follow one another
 * @param failure why nothing can be read behind them; null where it can
 */
record Entries(TimedEntries<PerfDataEntry> list, ClockSteps.Count steps, TraceException failure) {}
