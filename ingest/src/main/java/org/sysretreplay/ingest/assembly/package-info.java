/**
 * From samples of events to frames: every thread is followed through its events, so that a frame is
 * the one that was really returned to.
 *
 * <p>In: the samples of one trace in time order, and for each what it is by itself. Out: a record
 * for each, in the same order. Frames are numbered from 0 and, unless they are wanted as recorded,
 * changed by what the next events of their thread show. Units: registers are 64-bit patterns; at
 * most 65,536 records wait for their thread's next event, and as many threads are remembered.
 * Errors: none. What the trace does not show makes a frame's stage less sure; rejects are passed on
 * in their place. Threads: a sink belongs to one thread.
 */
@Internal
package org.sysretreplay.ingest.assembly;

import org.sysretreplay.emulator.Internal;
