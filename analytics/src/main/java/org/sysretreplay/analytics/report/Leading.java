package org.sysretreplay.analytics.report;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Ratio;

/**
 * What counts most of its kind.
 *
 * @param <E> the kind, such as reasons or causes
 * @param share how much of all it counts
 */
public record Leading<E extends Enum<E>>(E what, Ratio share) {

  /**
   * The one with the greatest count, the first of the kind where several have it.
   *
   * @param counts of the kind; together they are {@code total}
   */
  static <E extends Enum<E>> Optional<Leading<E>> of(Map<E, Long> counts, long total) {
    Comparator<Map.Entry<E, Long>> most =
        Map.Entry.<E, Long>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));
    return counts.entrySet().stream()
        .max(most)
        .map(it -> new Leading<>(it.getKey(), new Ratio(it.getValue(), total)));
  }
}
