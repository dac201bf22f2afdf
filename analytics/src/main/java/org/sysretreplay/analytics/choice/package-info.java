/**
 * Turns the names that a user gives into sources, models, columns and frames, in the same way for
 * the command line and for programs.
 *
 * <p>In: names as the user wrote them. Out: inputs, models, frames, and {@link
 * org.sysretreplay.analytics.choice.Sentence}s on what was chosen and what became of the records.
 * Errors: a {@link org.sysretreplay.analytics.choice.ChoiceException} if a name does not exist, a
 * {@link org.sysretreplay.ingest.trace.TraceException} if a source cannot be read. Threads: all
 * values are immutable.
 */
@Internal
package org.sysretreplay.analytics.choice;

import org.sysretreplay.emulator.Internal;
