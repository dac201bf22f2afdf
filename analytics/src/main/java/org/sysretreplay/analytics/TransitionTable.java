package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link Transitions} for every workload, including those without any exit, and what the kernels do
 * that the traces were recorded on; adds up as these do.
 */
public final class TransitionTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<String, Transitions> byWorkload = new TreeMap<>();
  private final Map<OwnKernel, OutcomeCounts> own = new TreeMap<>();

  /** The transitions of a workload, created if it is new. */
  public Transitions of(String workload) {
    return byWorkload.computeIfAbsent(workload, it -> new Transitions());
  }

  /** Adds outcomes of a kernel that traces were recorded on. */
  void own(OwnKernel kernel, OutcomeCounts counts) {
    own.merge(kernel, counts, OutcomeCounts::plus);
  }

  /** The outcomes under the kernels that the traces were recorded on, by workload and release. */
  public Map<OwnKernel, OutcomeCounts> own() {
    return Collections.unmodifiableMap(own);
  }

  /** Adds all counts of the other, which is not changed. */
  public TransitionTable plus(TransitionTable other) {
    other.byWorkload.forEach((workload, transitions) -> of(workload).plus(transitions));
    other.own.forEach(this::own);
    return this;
  }

  /** The transitions of all workloads, by the workload's name. */
  public Map<String, Transitions> byWorkload() {
    return Collections.unmodifiableMap(byWorkload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TransitionTable table
        && byWorkload.equals(table.byWorkload)
        && own.equals(table.own);
  }

  @Override
  public int hashCode() {
    return byWorkload.hashCode();
  }

  @Override
  public String toString() {
    return byWorkload.toString();
  }
}
