/**
 * Reading and writing columns of Parquet files as dictionary codes: pages, dictionaries, runs,
 * counts and compression, without an object per value.
 *
 * <p>In: pages as the Parquet library finds them. Out: codes, numbers or counts of codes, for many
 * rows at a call. Errors: {@link java.io.IOException} and {@link
 * org.sysretreplay.ingest.columnar.ColumnException}, whose message the caller puts behind a place.
 * Threads: a cursor belongs to one thread; compressors serve several.
 */
@Internal
package org.sysretreplay.ingest.columnar;

import org.sysretreplay.emulator.Internal;
