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
 * How many exits left the kernel with each outcome, and the shares that follow.
 *
 * @param counts by outcome; only outcomes that occurred
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

  /** The outcomes that a tally has counted. */
  public static OutcomeCounts of(Tally tally) {
    Map<Outcome, Long> counts = new HashMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, tally.count(outcome));
    }
    return new OutcomeCounts(counts);
  }

  /** The sum of the outcomes of several tallies. */
  public static OutcomeCounts sum(Collection<Tally> tallies) {
    return tallies.stream().map(OutcomeCounts::of).reduce(NONE, OutcomeCounts::plus);
  }

  /** The sum of both. */
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

  /** The share of the checked exits that returned by SYSRET. */
  public Ratio hitRate() {
    return new Ratio(count(Outcome.SYSRET), checked());
  }

  /** The share of all exits, checked or not, that returned by SYSRET. */
  public Ratio sysretShare() {
    return new Ratio(
        Stream.of(Outcome.values()).filter(Outcome::isBySysret).mapToLong(this::count).sum(),
        exits());
  }
}
