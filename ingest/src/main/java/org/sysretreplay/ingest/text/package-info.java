/**
 * Reading texts of all formats: cutting a text into blocks of records, parsing the blocks on
 * several threads, and the cursor that formats parse a line with.
 *
 * <p>In: a text, compressed or not, and a parser of its lines. Out: records, of samples in time
 * order, of lines that are frames already in the order of the lines. Units: lines count from 1 and
 * have at most 1 MiB, times are nanoseconds. Errors: a line that cannot be parsed is a {@link
 * org.sysretreplay.ingest.trace.Reject}, and so is damage behind the last whole line of a
 * compressed text; a text that cannot be opened or read on, or whose times are no timestamps, is a
 * {@link org.sysretreplay.ingest.trace.TraceException}. Threads: all free processors parse the
 * lines of a file from 4 MiB on, each with a parser of its own; everything else is done by the
 * thread that asks.
 */
@Internal
package org.sysretreplay.ingest.text;

import org.sysretreplay.emulator.Internal;
