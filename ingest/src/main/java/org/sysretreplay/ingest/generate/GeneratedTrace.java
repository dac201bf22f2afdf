package org.sysretreplay.ingest.generate;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.generate.Profile.Workload;

/**
 * A trace that is going to be generated. It holds the workload as text, because it travels to where
 * it is generated, and frames do not.
 *
 * @param source the profile as the user named it
 * @param workload what it is counted under
 * @param traceId names the trace within its workload
 * @param profile the document of a profile that has this workload only
 * @param frames how many it has, at least 1
 * @param startNanos the time of its first frame
 */
public record GeneratedTrace(
    String source,
    String workload,
    String traceId,
    String profile,
    long seed,
    long frames,
    long startNanos)
    implements Serializable {

  /** Its frames, numbered from 0. */
  public FrameGenerator open() {
    List<Workload> only = Profile.parse(source, profile).workloads();
    return new FrameGenerator(only.get(0), seed, frames, 0, startNanos);
  }
}
