package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A kernel that traces of a workload were recorded on, and its model.
 *
 * @param release as {@code uname -r} prints it; empty if it is not recorded and the model is known
 *     from the frames alone
 */
public record OwnKernel(String workload, String release, String modelId)
    implements Comparable<OwnKernel>, Serializable {

  private static final Comparator<OwnKernel> ORDER =
      Comparator.comparing(OwnKernel::workload)
          .thenComparing(OwnKernel::release)
          .thenComparing(OwnKernel::modelId);

  @Override
  public int compareTo(OwnKernel other) {
    return ORDER.compare(this, other);
  }
}
