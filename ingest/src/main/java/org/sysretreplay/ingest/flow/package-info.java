/**
 * How a file of any format is read on several processors and still comes out in order.
 *
 * <p>In: pieces of a file, cut off one after the other. Out: what threads made of them, in the
 * order of the file, and entries in the order of their times, where these are times. Units:
 * nanoseconds. Errors: what a thread throws comes in the place of what it would have made. Threads:
 * the makers run beside the caller; everything else belongs to the thread that asks.
 */
@Internal
package org.sysretreplay.ingest.flow;

import org.sysretreplay.emulator.Internal;
