package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@link Tally} for every group, and the workloads, those without any exit included; adds up as
 * its tallies do.
 */
public final class TallyTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<Group, Tally> tallies = new HashMap<>();
  private final Set<String> workloads = new TreeSet<>();

  /** Notes that there is a workload of that name, whatever it holds. */
  public void add(String workload) {
    workloads.add(workload);
  }

  /** The tally of a group, zero where it is new. */
  public Tally of(Group group) {
    add(group.workload());
    return tallies.computeIfAbsent(group, it -> new Tally());
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public TallyTable plus(TallyTable other) {
    workloads.addAll(other.workloads);
    other.tallies.forEach((group, tally) -> of(group).plus(tally));
    return this;
  }

  /** All workloads by name. */
  public Set<String> workloads() {
    return Collections.unmodifiableSet(workloads);
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
