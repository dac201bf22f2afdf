/**
 * Data sources of Spark: {@code format("perf")} reads recordings, also as a stream, and {@code
 * format("sysret-store")} reads stores. SOURCES.md describes their options and columns.
 *
 * <p>In: paths and options; an unknown option is refused. Out: the tables {@code frames}, {@code
 * rejects} and {@code traces}. Frames are read as columns. Columns and filters are pushed down, and
 * for a store also counts, which are answered by classes of frames. Units: those of {@link
 * org.sysretreplay.ingest.frames.FrameColumn}, also in the schema's metadata. Errors: an {@link
 * org.apache.spark.sql.AnalysisException} with one sentence if the query cannot be planned, a
 * {@link org.sysretreplay.ingest.trace.TraceException} from the task if a file turns out to be
 * damaged; with {@code mode} {@code permissive} such a file is a row of {@code rejects}. Threads: a
 * task reads with as many as Spark gave it cores; a reader belongs to one task.
 */
@Internal
package org.sysretreplay.spark.source;

import org.sysretreplay.emulator.Internal;
