package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Counts things of which there may be any number, in bounded memory: exactly as long as there are
 * few, and then so that none that is frequent is missed (Misra and Gries). Where there are too
 * many, all counts are lowered by that of the first one that there is no room for; of {@code n}
 * things counted, no count is lowered by more than {@code n} divided by how many are kept.
 *
 * @param <K> a thing, which has an equality
 */
final class FrequentCounts<K> implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How many are kept; twice as many are held before any is dropped. */
  static final int MOST = 1 << 16;

  private final int most;
  private final HashMap<K, Long> counts = new HashMap<>();
  private long total;

  FrequentCounts() {
    this(MOST);
  }

  /** Keeps so many. */
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

  /** Adds what the other has counted, which stays as it is. */
  void addAll(FrequentCounts<K> other) {
    total = Math.addExact(total, other.total);
    other.counts.forEach(this::keep);
  }

  /** Counts under other names; things that get the same one are counted together. */
  void rename(UnaryOperator<K> names) {
    Map<K, Long> before = new HashMap<>(counts);
    counts.clear();
    before.forEach((thing, count) -> counts.merge(names.apply(thing), count, Long::sum));
  }

  /** How many were added of all things together. */
  long total() {
    return total;
  }

  /** How many of them are in no count: those of things that were dropped or lowered. */
  long uncounted() {
    return total - counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** At least how many there were of each thing; exactly where nothing is uncounted. */
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
