package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.emulator.ExitFrame;

/**
 * One frame, where it comes from, and what its thread did around it.
 *
 * @param events the thread's events in the order of the trace, including the frame's own; empty if
 *     the recording does not name the thread
 * @param framesOnly whether the source has frames only, and no other events
 */
public record FrameStory(
    String workload,
    String traceId,
    ExitFrame frame,
    List<ThreadEvent> events,
    boolean framesOnly) {

  /** How many events are shown before the frame, and how many after it. */
  public static final int NEIGHBOURS = 6;

  public FrameStory {
    events = List.copyOf(events);
  }
}
