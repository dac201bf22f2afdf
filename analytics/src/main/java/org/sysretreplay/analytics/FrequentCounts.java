package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Counts keys in bounded memory, by the algorithm of Misra and Gries. Counts are exact while there
 * are few different keys; with more, rare keys are dropped and no frequent one is missed. To make
 * room, all counts are lowered by the largest count that is dropped. After {@code n} additions, no
 * count is too low by more than {@code n} divided by the number of keys kept.
 *
 * @param <K> the keys; they must have {@code equals} and {@code hashCode}
 */
final class FrequentCounts<K> implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How many keys are kept; up to twice as many are held before any is dropped. */
  static final int MOST = 1 << 16;

  private final int most;
  private final HashMap<K, Long> counts = new HashMap<>();
  private long total;

  FrequentCounts() {
    this(MOST);
  }

  /**
   * @param most how many keys to keep
   */
  FrequentCounts(int most) {
    this.most = most;
  }

  void add(K thing, long count) {
    total = Math.addExact(total, count);
    keep(thing, count);
  }

  private void keep(K thing, long count) {
    counts.merge(thing, count, Long::sum);
    if (counts.size() > 2 * most) {
      dropRare();
    }
  }

  private void dropRare() {
    long[] sorted = counts.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long lowered = sorted[sorted.length - most - 1];
    counts.values().removeIf(count -> count <= lowered);
    counts.replaceAll((thing, count) -> count - lowered);
  }

  /** Adds all counts of the other, which is not changed. */
  void addAll(FrequentCounts<K> other) {
    total = Math.addExact(total, other.total);
    other.counts.forEach(this::keep);
  }

  /** Renames the keys; the counts of keys that get the same name are added up. */
  void rename(UnaryOperator<K> names) {
    Map<K, Long> before = new HashMap<>(counts);
    counts.clear();
    before.forEach((thing, count) -> counts.merge(names.apply(thing), count, Long::sum));
  }

  /** The sum of all additions. */
  long total() {
    return total;
  }

  /**
   * How much of the {@link #total} is in no count, because keys were dropped and counts lowered.
   */
  long uncounted() {
    return total - counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The count of each key: exact if nothing is {@link #uncounted}, else a lower bound. */
  Map<K, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrequentCounts<?> it && total == it.total && counts.equals(it.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts + " of " + total;
  }
}
