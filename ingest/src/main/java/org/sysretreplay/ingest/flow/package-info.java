/**
 * Reading a file of any format on several processors, and putting its entries into time order.
 *
 * <p>In: pieces of a file, one after the other. Out: the result for each piece, in the order of the
 * file; and entries in the order of their times. Units: nanoseconds. Errors: an exception of a
 * mapping thread takes the place of its result. Threads: mappers start threads of their own;
 * everything else belongs to the thread that asks.
 */
@Internal
package org.sysretreplay.ingest.flow;

import org.sysretreplay.emulator.Internal;
