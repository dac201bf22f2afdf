/**
 * The store of traces: its folders, how a trace is written to it, and snapshots of what it holds.
 * Knows no Spark.
 *
 * <p>In: {@link org.sysretreplay.ingest.source.TraceInput}s, or frames as they are made. Out: part
 * files of frames, rejects and mappings, and the row that makes a trace visible; for readers a
 * {@link org.sysretreplay.ingest.store.StoreSnapshot}. Units: nanoseconds, bytes, rows. Errors: an
 * {@link org.sysretreplay.ingest.trace.OutputException} if the store cannot be written, a {@link
 * org.sysretreplay.ingest.trace.TraceException} if it cannot be read; the trace in the store is
 * then as it was before. Threads: a store may be used by several, as long as they write different
 * traces.
 */
@Internal
package org.sysretreplay.ingest.store;

import org.sysretreplay.emulator.Internal;
