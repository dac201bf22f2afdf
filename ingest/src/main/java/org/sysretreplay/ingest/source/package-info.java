/**
 * The roof over all formats: which there are, how they are told apart, which traces lie in a
 * folder, and what these are called.
 *
 * <p>In: paths as a user names them. Out: {@link org.sysretreplay.ingest.source.TraceInput}s, those
 * of a folder in the order of their names, and each opens its reader. Units: the first 16 KiB of a
 * file, unpacked, tell its format. Errors: what cannot be looked at is kept as a {@link
 * org.sysretreplay.ingest.trace.TraceException}, so that the rest is read all the same. Threads:
 * values only.
 */
@Internal
package org.sysretreplay.ingest.source;

import org.sysretreplay.emulator.Internal;
