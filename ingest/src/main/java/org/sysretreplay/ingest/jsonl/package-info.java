/**
 * JSON lines: one frame a line, for recorders that are not perf.
 *
 * <p>In: a text of one JSON object a line, compressed or not; FORMATS.md lists the fields. Out: a
 * {@link org.sysretreplay.ingest.trace.TraceRecord} for each line that is not blank, in the order
 * of the lines. Units: nanoseconds in {@code ts_ns}; registers are unsigned 64-bit numbers or
 * {@code 0x} and hexadecimal digits; places are lines, from 1. Errors: a line that is no frame is a
 * {@link org.sysretreplay.ingest.trace.Reject} and harms no other line, a file that cannot be
 * opened is a {@link org.sysretreplay.ingest.trace.TraceException}. Threads: a reader belongs to
 * one thread; of a large text it has blocks of lines taken apart by several, with a parser each.
 */
package org.sysretreplay.ingest.jsonl;
