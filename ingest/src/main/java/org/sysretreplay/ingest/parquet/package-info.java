/**
 * Parquet files of raw registers that any program wrote, as a trace format like the others.
 *
 * <p>In: a file with the columns that JSON lines have as fields, compressed as a whole or not. Out:
 * a record for each row, in the order of the rows, whatever their times. Units: places are rows,
 * counted from 1; {@code ts_ns} is in nanoseconds, and registers are 64-bit patterns. Errors: a row
 * without a register, or with an unknown entry kind, is a {@link
 * org.sysretreplay.ingest.trace.Reject}; a file that is damaged, encrypted or without registers is
 * a {@link org.sysretreplay.ingest.trace.TraceException}. Threads: a reader belongs to one thread.
 */
@Internal
package org.sysretreplay.ingest.parquet;

import org.sysretreplay.emulator.Internal;
