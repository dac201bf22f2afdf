/**
 * The roof over all formats: which there are, how they are told apart, which traces lie in a
 * folder, and what these are called.
 *
 * <p>In: paths as a user names them. Out: {@link org.sysretreplay.ingest.source.TraceInput}s, in
 * the order of their names. Errors: what cannot be looked at is kept as a {@link
 * org.sysretreplay.ingest.trace.TraceException}, so that the rest is read all the same. Threads:
 * values only.
 */
package org.sysretreplay.ingest.source;
