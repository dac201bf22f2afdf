/**
 * One verdict for every frame, written to a file of JSON lines or a folder of Parquet files.
 *
 * <p>In: trace files and stores. Out: {@code trace, seq, outcome, first_miss, all_miss} and other
 * columns asked for, the frames of each trace in their order. Errors: an {@link
 * org.sysretreplay.ingest.trace.OutputException} if the output cannot be written, which is then as
 * it was before. Threads: each trace is written by one worker.
 */
@Internal
package org.sysretreplay.analytics.verdict;

import org.sysretreplay.emulator.Internal;
