/**
 * From what somebody names to what a question is put to: sources, models and columns, the same for
 * the command line and for programs.
 *
 * <p>In: names as they were written. Out: inputs, models, frames, and {@link
 * org.sysretreplay.analytics.choice.Sentence}s that tell what was chosen and what became of the
 * records. Errors: a {@link org.sysretreplay.analytics.choice.ChoiceException} where nothing is
 * called so, a {@link org.sysretreplay.ingest.trace.TraceException} where a source cannot be read.
 * Threads: all values are immutable.
 */
@Internal
package org.sysretreplay.analytics.choice;

import org.sysretreplay.emulator.Internal;
