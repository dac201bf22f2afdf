package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import org.sysretreplay.analytics.choice.FrameChoice;

/**
 * The trace that listed frames come from.
 *
 * @param alone whether no other trace in the inputs has its id
 */
record ListedTrace(String workload, String traceId, boolean alone) implements Serializable {

  /** The name to look a frame of it up by. */
  String name(long seq) {
    return FrameChoice.name(alone ? traceId : workload + "/" + traceId, seq);
  }
}
