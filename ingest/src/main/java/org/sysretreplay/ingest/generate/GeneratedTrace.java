package org.sysretreplay.ingest.generate;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.generate.Profile.Workload;

/**
 * A trace that is going to be generated, perhaps in another process: so it holds its workload as
 * the text of a profile.
 *
 * @param source the profile as the user named it
 * @param workload the workload that it belongs to
 * @param traceId the id of the trace within its workload
 * @param profile the text of a profile with this workload only
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

  /** Opens its frames, which are numbered from 0. */
  public FrameGenerator open() {
    List<Workload> only = Profile.parse(source, profile).workloads();
    return new FrameGenerator(only.get(0), seed, frames, 0, startNanos);
  }
}
