/**
 * Data sources of Spark: {@code format("perf")} reads recordings, also as they arrive in a folder,
 * and {@code format("sysret-store")} reads stores. SOURCES.md tells their options and columns.
 *
 * <p>In: paths, and options, of which an unknown one is refused. Out: the tables {@code frames},
 * {@code rejects} and {@code traces}, frames in columns as they are read; what Spark pushes down is
 * columns, filters, and, of a store, counts, which are answered by classes of frames. Units: those
 * of {@link org.sysretreplay.ingest.frames.FrameColumn}, also in the schema's metadata. Errors: an
 * {@link org.apache.spark.sql.AnalysisException} with our sentence where the query cannot be
 * planned, a {@link org.sysretreplay.ingest.trace.TraceException} from the task where a file turns
 * out to be damaged; with {@code mode} {@code permissive} such a file is a row of {@code rejects}.
 * Threads: a task reads with as many as Spark gave it cores; a reader belongs to one task.
 */
@Internal
package org.sysretreplay.spark.source;

import org.sysretreplay.emulator.Internal;
