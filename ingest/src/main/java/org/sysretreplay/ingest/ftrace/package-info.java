/**
 * The text that ftrace prints: the file {@code trace} of tracefs, and {@code trace-cmd report}.
 *
 * <p>In: lines of probe events that carry the registers as fields, and of the tracepoints that show
 * what happened to a return. Out: a sample for each, where the registers are those of user code;
 * other events are ignored. Units: places are lines; seconds with up to 9 decimals become
 * nanoseconds, and a clock that does not count seconds gives no time. Errors: a line of another
 * layout, a probe without a register that the check needs, or a register that is no number is a
 * {@link org.sysretreplay.ingest.trace.Reject}. Threads: a parser belongs to one thread, and a
 * large text has several.
 */
@Internal
package org.sysretreplay.ingest.ftrace;

import org.sysretreplay.emulator.Internal;
