/**
 * JSON: one frame a line, or an array of frames, for recorders that are not perf.
 *
 * <p>In: JSON objects, one a line or spread over lines. Out: a frame for each, in the order of the
 * lines, whatever their times. Units: places are lines, {@code ts_ns} is in nanoseconds, and a
 * register is a hexadecimal string or an integer below 2^64. Errors: a line that is no object, that
 * lacks one of the six registers, or that has a value of another kind is a {@link
 * org.sysretreplay.ingest.trace.Reject}. Threads: a parser belongs to one thread, and a large text
 * has several.
 */
@Internal
package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.emulator.Internal;
