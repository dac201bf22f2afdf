package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** A {@link Tally} for every group; adds up as its tallies do. */
public final class TallyTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<Group, Tally> tallies = new HashMap<>();

  /** The tally of a group, zero where it is new. */
  public Tally of(Group group) {
    return tallies.computeIfAbsent(group, it -> new Tally());
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public TallyTable plus(TallyTable other) {
    other.tallies.forEach((group, tally) -> of(group).plus(tally));
    return this;
  }

  /** All groups that were seen. */
  public Map<Group, Tally> tallies() {
    return Collections.unmodifiableMap(tallies);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TallyTable table && tallies.equals(table.tallies);
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
