/**
 * Parquet files of raw registers, whatever program wrote them, as a trace format like the others.
 *
 * <p>In: a file with the columns that JSON lines have as fields. Out: a record for every row, in
 * the order of the rows. Errors: a row without a register is a reject; a file that is damaged,
 * encrypted or without registers is a {@link org.sysretreplay.ingest.trace.TraceException}.
 * Threads: one.
 */
package org.sysretreplay.ingest.parquet;
