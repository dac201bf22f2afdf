package org.sysretreplay.analytics;

import java.util.Optional;
import java.util.Set;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.trace.Reading;

/** One trace to look up frames in: a file, or a trace in a store. */
public interface FrameSource {

  /** The workload that the trace is counted under. */
  String workload();

  /** Names the trace within its workload. */
  String traceId();

  /** The full name; only traces that were recorded into the same path may share one. */
  default String name() {
    return workload() + "/" + traceId();
  }

  /** What is known of the kernel and the machine that it was recorded on. */
  RecordedOn recordedOn();

  /** The frame with this number, if there is one. */
  Optional<FrameStory> find(long seq, Reading reading);

  /** What the frames of the trace show of its machine, as far as the trace can be read. */
  Set<MachineSign> signs(Reading reading);

  /** How much the trace holds, for a message about a frame that was not found. */
  Extent extent();

  /**
   * How much a trace holds.
   *
   * @param frames how many frames there are; they are numbered from 0
   * @param rejected how many records were rejected; these have no number
   */
  record Extent(long frames, long rejected) {}
}
