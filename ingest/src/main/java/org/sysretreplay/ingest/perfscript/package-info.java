/**
 * The text that {@code perf script} prints.
 *
 * <p>In: the lines of {@code perf script -F comm,pid,tid,cpu,time,event,trace,uregs}, with or
 * without {@code --header} and {@code --ns}. Out: a sample for each event, and the facts in the
 * header. Units: places are lines; seconds with up to 9 decimals become nanoseconds. Errors: a line
 * of another layout, or with a register that is no number, is a {@link
 * org.sysretreplay.ingest.trace.Reject}. Threads: a parser belongs to one thread, and a large text
 * has several.
 */
@Internal
package org.sysretreplay.ingest.perfscript;

import org.sysretreplay.emulator.Internal;
