package org.sysretreplay.ingest.generate;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A value, and how often it was seen.
 *
 * @param count at least 1
 */
public record Weighted(long value, long count) {

  public Weighted {
    if (count < 1) {
      throw new IllegalArgumentException("the value " + value + " was seen " + count + " times");
    }
  }

  /** The entries of a map from values to counts, by value. */
  static List<Weighted> of(SortedMap<Long, Long> counts) {
    return counts.entrySet().stream().map(Weighted::of).toList();
  }

  private static Weighted of(Map.Entry<Long, Long> entry) {
    return new Weighted(entry.getKey(), entry.getValue());
  }
}
