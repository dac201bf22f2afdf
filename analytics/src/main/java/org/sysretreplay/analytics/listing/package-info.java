/**
 * Frames themselves, each with its verdict: which are wanted, and how they are listed.
 *
 * <p>In: trace files, stores, and what frames are chosen by. Out: the frames in the order of their
 * workloads and traces, as text, JSON lines, CSV or Parquet. Errors: a {@link
 * org.sysretreplay.analytics.choice.ChoiceException} where nothing is called as was asked, an
 * {@link org.sysretreplay.ingest.trace.OutputException} where the output cannot be written, which
 * is then as it was before. Threads: each trace is listed by one worker.
 */
@Internal
package org.sysretreplay.analytics.listing;

import org.sysretreplay.emulator.Internal;
