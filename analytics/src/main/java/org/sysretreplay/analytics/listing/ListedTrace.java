package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import org.sysretreplay.analytics.choice.FrameChoice;

/**
 * The trace that frames are of.
 *
 * @param alone whether its id tells it from all others that are asked for
 */
record ListedTrace(String workload, String traceId, boolean alone) implements Serializable {

  /** By what a frame of it is looked up. */
  String name(long seq) {
    return FrameChoice.name(alone ? traceId : workload + "/" + traceId, seq);
  }
}
