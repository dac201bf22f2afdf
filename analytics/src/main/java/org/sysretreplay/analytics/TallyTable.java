package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A {@link Tally} for every group, and all workloads, including those without any exit; adds up as
 * its tallies do.
 */
public final class TallyTable implements Serializable {

  private static final long serialVersionUID = 2L;

  /**
   * The memory of a group, in bytes: its tally and names, the same again in the table that is being
   * added, and its text in the output (benchmark scale/groups).
   */
  private static final int BYTES_OF_GROUP = 3_000;

  private static final int MOST_GROUPS =
      (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / BYTES_OF_GROUP);

  private final int mostGroups;
  private final Map<Group, Tally> tallies = new HashMap<>();

  /** The outcomes under the kernels that the traces were recorded on. */
  private final Map<OwnKernel, Tally> own = new TreeMap<>();

  /** The length of the traces of each workload together, in nanoseconds. */
  private final Map<String, Long> workloads = new TreeMap<>();

  public TallyTable() {
    this(MOST_GROUPS);
  }

  /**
   * @param mostGroups how many groups the table takes
   */
  TallyTable(int mostGroups) {
    this.mostGroups = mostGroups;
  }

  /** Notes that the workload exists, even if it has no exit. */
  public void add(String workload) {
    addNanos(workload, 0);
  }

  /** Adds the length of a trace to its workload. */
  public void addNanos(String workload, long nanos) {
    workloads.merge(workload, nanos, Long::sum);
  }

  /** The length of all traces of a workload together, in nanoseconds. */
  public long nanos(String workload) {
    return workloads.getOrDefault(workload, 0L);
  }

  /**
   * The tally of a group, created if it is new.
   *
   * @throws TooManyGroupsException if the table is full
   */
  public Tally of(Group group) {
    add(group.workload());
    return tally(group);
  }

  private Tally tally(Group group) {
    Tally tally = tallies.computeIfAbsent(group, it -> new Tally());
    if (tallies.size() > mostGroups) {
      throw new TooManyGroupsException(mostGroups);
    }
    return tally;
  }

  /** The tally of what a trace's own kernel does, created if it is new. */
  Tally own(OwnKernel kernel) {
    return own.computeIfAbsent(kernel, it -> new Tally());
  }

  /** The outcomes under the kernels that the traces were recorded on, by workload and release. */
  public Map<OwnKernel, Tally> own() {
    return Collections.unmodifiableMap(own);
  }

  /** The outcomes of the same kernels. */
  public Map<OwnKernel, OutcomeCounts> ownOutcomes() {
    Map<OwnKernel, OutcomeCounts> outcomes = new TreeMap<>();
    own.forEach((kernel, tally) -> outcomes.put(kernel, OutcomeCounts.of(tally)));
    return outcomes;
  }

  /** Adds all counts of the other, which is not changed. */
  public TallyTable plus(TallyTable other) {
    other.workloads.forEach(this::addNanos);
    other.tallies.forEach((group, tally) -> tally(group).plus(tally));
    other.own.forEach((kernel, tally) -> own(kernel).plus(tally));
    return this;
  }

  /** All workloads by name. */
  public Set<String> workloads() {
    return Collections.unmodifiableSet(workloads.keySet());
  }

  /** All groups that were seen. */
  public Map<Group, Tally> tallies() {
    return Collections.unmodifiableMap(tallies);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TallyTable table
        && tallies.equals(table.tallies)
        && own.equals(table.own)
        && workloads.equals(table.workloads);
  }

  @Override
  public int hashCode() {
    return tallies.hashCode();
  }

  @Override
  public String toString() {
    return tallies.toString();
  }
}
