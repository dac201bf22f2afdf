/**
 * The store of traces: its folders, how a trace gets in, and what it holds at one moment. No Spark.
 *
 * <p>In: {@link org.sysretreplay.ingest.source.TraceInput}s, or frames as they are made. Out: part
 * files of frames, of rejects and of maps, and the row that makes a trace visible; to readers a
 * {@link org.sysretreplay.ingest.store.StoreSnapshot}. Units: nanoseconds, bytes, rows. Errors: an
 * {@link org.sysretreplay.ingest.trace.OutputException} where the store cannot be written, a {@link
 * org.sysretreplay.ingest.trace.TraceException} where it cannot be read; a trace is then as it was
 * before. Threads: a store may be used by several, as long as they write different traces.
 */
@Internal
package org.sysretreplay.ingest.store;

import org.sysretreplay.emulator.Internal;
