/**
 * The list of all formats: how they are recognised, which traces lie in a folder, and how traces
 * are named.
 *
 * <p>In: paths as a user names them. Out: {@link org.sysretreplay.ingest.source.TraceInput}s, those
 * of a folder in the order of their names, and each opens its reader. Units: the first 16 KiB of a
 * file, unpacked, tell its format. Errors: what cannot be read is kept as a {@link
 * org.sysretreplay.ingest.trace.TraceException}, so that the rest is read all the same. Threads:
 * values only.
 */
@Internal
package org.sysretreplay.ingest.source;

import org.sysretreplay.emulator.Internal;
