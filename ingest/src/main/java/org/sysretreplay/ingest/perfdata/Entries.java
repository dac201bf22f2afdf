package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.TimedEntries;
import org.sysretreplay.ingest.TraceException;

/**
 * What some records tell, in the order of the file.
 *
 * @param failure why nothing can be read behind them; null where it can
 */
record Entries(TimedEntries<PerfDataEntry> list, TraceException failure) {}
