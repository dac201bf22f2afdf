package org.sysretreplay.analytics;

import java.util.Optional;
import java.util.Set;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.trace.Reading;

/** One trace that frames are looked up in, whether it is a file or lies in a store. */
public interface FrameSource {

  /** What the trace is counted under. */
  String workload();

  /** Names the trace within its workload. */
  String traceId();

  /** The name that tells it from all others. */
  default String name() {
    return workload() + "/" + traceId();
  }

  /** What is known of the kernel and the machine that it was recorded on. */
  RecordedOn recordedOn();

  /** The frame of that number, if there is one. */
  Optional<FrameStory> find(long seq, Reading reading);

  /** What all frames of the trace show of its machine, as far as they can be read. */
  Set<MachineSign> signs(Reading reading);

  /** What there is instead of a frame that was not found. */
  Extent extent();

  /**
   * How much a trace holds.
   *
   * @param frames how many frames are numbered, from 0
   * @param rejected how many records could not be taken, and have no number
   */
  record Extent(long frames, long rejected) {}
}
