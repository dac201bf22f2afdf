/**
 * The vocabulary of all formats and of all users of traces: records, places, rejects, counts, the
 * header, and the reader that gives all this; also temporary files and decompression.
 *
 * <p>In: a file. Out: {@link org.sysretreplay.ingest.trace.TraceRecord}s, each exactly once, so
 * that seen = accepted + rejected + ignored. Units: nanoseconds of the recorder's clock; places in
 * bytes, lines or rows. Errors: a broken record is a {@link org.sysretreplay.ingest.trace.Reject},
 * an unreadable file a {@link org.sysretreplay.ingest.trace.TraceException}, an output that cannot
 * be written an {@link org.sysretreplay.ingest.trace.OutputException}. Threads: values are safe
 * everywhere, a reader belongs to one thread.
 */
@Internal
package org.sysretreplay.ingest.trace;

import org.sysretreplay.emulator.Internal;
