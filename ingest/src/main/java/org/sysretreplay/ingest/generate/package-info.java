/**
 * Synthetic frames: a profile is learnt from recordings, and any number of frames is generated from
 * it.
 *
 * <p>In: traces to learn from, or a profile, the JSON document that FORMATS.md describes. Out: a
 * {@link org.sysretreplay.ingest.generate.Profile}, its text, and {@link
 * org.sysretreplay.ingest.generate.GeneratedTrace}s; the same profile, seed and number give the
 * same frames. Units: nanoseconds; gaps between frames in buckets of 5 significant bits; counts of
 * frames, threads and processes. Errors: a profile that no frames can be generated from is a {@link
 * org.sysretreplay.ingest.trace.TraceException}, which names the value by its path or the line that
 * is no JSON. Threads: profiles and traces are safe everywhere, a learner and the frames of an open
 * trace belong to one thread.
 */
@Internal
package org.sysretreplay.ingest.generate;

import org.sysretreplay.emulator.Internal;
