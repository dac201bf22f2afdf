/**
 * The binary file that {@code perf record} writes on x86-64 (kernel files
 * tools/perf/Documentation/perf.data-file-format.txt and include/uapi/linux/perf_event.h).
 *
 * <p>In: a perf.data, written to a file, a folder or a pipe, with or without {@code -z}, and
 * compressed as a whole or not. Out: a record for each of its samples, in time order, and for each
 * that is broken. Units: places are bytes of the unpacked file, numbers little-endian, times
 * nanoseconds of perf's clock. Errors: a record that ends before its own fields do, or a sample of
 * no known event, is a {@link org.sysretreplay.ingest.trace.Reject}, and so is the place from which
 * records cannot be told apart, where reading ends; a header that cannot be read is a {@link
 * org.sysretreplay.ingest.trace.TraceException}. Threads: from 4 MiB of records on, those of a file
 * are parsed by all free processors, and those of {@code -z} by one thread; ordering them and
 * everything behind it is done by the thread that asks.
 */
@Internal
package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.emulator.Internal;
