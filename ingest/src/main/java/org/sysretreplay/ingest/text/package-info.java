/**
 * What the readers of text share: records of one or more lines, in blocks that threads take apart,
 * and what stands in them.
 *
 * <p>In: a text, packed or not, and a parser of its lines. Out: records, of samples in time order,
 * of lines that are frames already in the order of the lines. Units: lines count from 1 and have at
 * most 1 MiB, times are nanoseconds. Errors: a line that cannot be taken apart is a {@link
 * org.sysretreplay.ingest.trace.Reject}, and so is the damage of a packed text behind its last
 * whole line; a text that cannot be opened or read on, or whose times are none, is a {@link
 * org.sysretreplay.ingest.trace.TraceException}. Threads: the lines of a file from 4 MiB on are
 * taken apart by all free processors, with a parser each; everything else is done by the thread
 * that asks.
 */
@Internal
package org.sysretreplay.ingest.text;

import org.sysretreplay.emulator.Internal;
