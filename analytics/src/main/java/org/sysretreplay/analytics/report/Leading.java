package org.sysretreplay.analytics.report;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Ratio;

/**
 * The constant with the greatest count, for example the main cause.
 *
 * @param <E> what is counted, for example reasons or causes
 * @param share its count as a share of all
 */
public record Leading<E extends Enum<E>>(E what, Ratio share) {

  /**
   * The constant with the greatest count; of equal counts the first in the enum's order.
   *
   * @param counts the counts, which add up to {@code total}
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
