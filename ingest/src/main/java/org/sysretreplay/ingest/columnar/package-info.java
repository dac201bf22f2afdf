/**
 * Columns of Parquet files as codes: pages, dictionaries, runs, counts and compression, without an
 * object for a value.
 *
 * <p>In: pages as the Parquet library finds them. Out: codes, numbers or counts of codes, some
 * thousand rows at a time. Errors: {@link java.io.IOException} and {@link
 * java.lang.IllegalArgumentException}, whose message the caller puts behind a place. Threads: one
 * cursor belongs to one thread; compressors are one a thread.
 */
@Internal
package org.sysretreplay.ingest.columnar;

import org.sysretreplay.emulator.Internal;
