/**
 * Counts rows of frames by class and by the values of some columns. This is the hot path of a
 * replay, which judges each class once, however many frames it has.
 *
 * <p>In: parts of Parquet files of frames. Out: {@link
 * org.sysretreplay.analytics.count.FrameCount}s, one for each combination of class and values in a
 * part. Errors: a {@link org.sysretreplay.ingest.trace.TraceException} with the file's name.
 * Threads: a counter belongs to one thread.
 */
@Internal
package org.sysretreplay.analytics.count;

import org.sysretreplay.emulator.Internal;
