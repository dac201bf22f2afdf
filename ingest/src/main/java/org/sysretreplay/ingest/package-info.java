/**
 * Trace files in, exit frames out.
 *
 * <p>One package for every format ({@code perfdata}, {@code perfscript}, {@code jsonl}), one for
 * the Parquet store ({@code spark}). The contract they share: bytes in, a stream of {@link
 * org.sysretreplay.ingest.TraceRecord}s out, nothing dropped, the place in every message. A broken
 * record is a reject and reading goes on; broken framing rejects the rest of the file; an
 * unreadable header is a {@link org.sysretreplay.ingest.TraceException}. FORMATS.md describes the
 * bytes.
 */
package org.sysretreplay.ingest;
