package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A {@link Tally} for every group, and the workloads, those without any exit included; adds up as
 * its tallies do.
 */
public final class TallyTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<Group, Tally> tallies = new HashMap<>();

  /** How long the traces of each workload are, in nanoseconds. */
  private final Map<String, Long> workloads = new TreeMap<>();

  /** Notes that there is a workload of that name, whatever it holds. */
  public void add(String workload) {
    addNanos(workload, 0);
  }

  /** Notes that a trace of a workload is so long, in nanoseconds. */
  public void addNanos(String workload, long nanos) {
    workloads.merge(workload, nanos, Long::sum);
  }

  /** How long all traces of a workload are together, in nanoseconds. */
  public long nanos(String workload) {
    return workloads.getOrDefault(workload, 0L);
  }

  /** The tally of a group, zero where it is new. */
  public Tally of(Group group) {
    add(group.workload());
    return tallies.computeIfAbsent(group, it -> new Tally());
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public TallyTable plus(TallyTable other) {
    other.workloads.forEach(this::addNanos);
    other.tallies.forEach(
        (group, tally) -> tallies.computeIfAbsent(group, it -> new Tally()).plus(tally));
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
