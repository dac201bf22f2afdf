/**
 * Lists single frames with their verdicts: which frames, and in which format.
 *
 * <p>In: trace files, stores, and a filter. Out: the frames in the order of their workloads and
 * traces, as text, JSON lines, CSV or Parquet. Errors: a {@link
 * org.sysretreplay.analytics.choice.ChoiceException} if a filter names something that does not
 * exist, an {@link org.sysretreplay.ingest.trace.OutputException} if the output cannot be written,
 * which is then as it was before. Threads: each trace is listed by one worker.
 */
@Internal
package org.sysretreplay.analytics.listing;

import org.sysretreplay.emulator.Internal;
