package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What some records tell, in the order of the file.
 *
 * @param steps how many samples stand behind another one of their processor, and have a time
 * @param stepsBack how many of these are older than the one before
 * @param failure why nothing can be read behind them; null where it can
 */
record Entries(
    TimedEntries<PerfDataEntry> list, int steps, int stepsBack, TraceException failure) {}
