/**
 * Replay and statistics: a {@link org.sysretreplay.analytics.Question} is put to frames as a {@link
 * org.sysretreplay.analytics.Fold}, in pieces that any {@link org.sysretreplay.analytics.Workers}
 * do.
 *
 * <p>In: trace files and stores. Out: an {@link org.sysretreplay.analytics.Answer}, which adds up
 * in any order, so that this machine and a cluster come to the same. Units: exits, nanoseconds.
 * Errors: a {@link org.sysretreplay.ingest.trace.TraceException} where an input cannot be read, a
 * {@link org.sysretreplay.analytics.TooManyGroupsException} where the answer does not fit into
 * memory, a {@link org.sysretreplay.analytics.WorkersException} where nobody does the work.
 * Threads: questions are values; what takes in frames belongs to one thread.
 */
@Internal
package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Internal;
