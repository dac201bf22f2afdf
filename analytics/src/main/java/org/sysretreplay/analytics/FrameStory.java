package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * One frame, where it comes from, and what its thread did around it.
 *
 * @param events the thread's events in the order of the trace, the frame's own among them; none
 *     where the recording does not name the thread
 * @param sampling whether the recording holds every event
 * @param framesOnly whether the source keeps frames and no other events
 */
public record FrameStory(
    String workload,
    String traceId,
    ExitFrame frame,
    List<ThreadEvent> events,
    Sampling sampling,
    boolean framesOnly) {

  /** How many events are shown before the frame, and how many after it. */
  public static final int NEIGHBOURS = 6;

  public FrameStory {
    events = List.copyOf(events);
  }
}
