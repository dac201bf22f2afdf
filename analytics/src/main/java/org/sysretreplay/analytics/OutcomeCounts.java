package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Outcome;

/**
 * How many exits left the kernel in each way, and what shares that makes.
 *
 * @param counts only of outcomes that occurred
 */
public record OutcomeCounts(Map<Outcome, Long> counts) implements Serializable {

  /** No exits at all. */
  public static final OutcomeCounts NONE = new OutcomeCounts(Map.of());

  public OutcomeCounts {
    Map<Outcome, Long> occurred = new EnumMap<>(Outcome.class);
    occurred.putAll(counts);
    occurred.values().removeIf(count -> count == 0);
    counts = Collections.unmodifiableMap(occurred);
  }

  /** What a tally has counted. */
  public static OutcomeCounts of(Tally tally) {
    Map<Outcome, Long> counts = new HashMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, tally.count(outcome));
    }
    return new OutcomeCounts(counts);
  }

  /** What tallies have counted together. */
  public static OutcomeCounts sum(Collection<Tally> tallies) {
    return tallies.stream().map(OutcomeCounts::of).reduce(NONE, OutcomeCounts::plus);
  }

  /** The counts of both. */
  public OutcomeCounts plus(OutcomeCounts other) {
    Map<Outcome, Long> sum = new HashMap<>(counts);
    other.counts.forEach((outcome, count) -> sum.merge(outcome, count, Long::sum));
    return new OutcomeCounts(sum);
  }

  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** All exits. */
  public long exits() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The exits whose registers were checked. */
  public long checked() {
    return count(Outcome.SYSRET) + count(Outcome.IRET_MISS);
  }

  /** How many of the checked exits returned by SYSRET. */
  public Ratio hitRate() {
    return new Ratio(count(Outcome.SYSRET), checked());
  }

  /** How many of all exits returned by SYSRET, checked or not. */
  public Ratio sysretShare() {
    return new Ratio(
        Stream.of(Outcome.values()).filter(Outcome::isBySysret).mapToLong(this::count).sum(),
        exits());
  }
}
