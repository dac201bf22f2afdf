package org.sysretreplay.analytics;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * So many of so many: the one type that prints a percentage.
 *
 * @param hits at most {@code total}
 */
public record Ratio(long hits, long total) {

  public Ratio {
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException(hits + " of " + total);
    }
  }

  /** The quotient, from 0 to 1; nothing for a ratio of nothing. */
  public OptionalDouble value() {
    return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / total);
  }

  /**
   * As in {@code 98.4 %}; {@code n/a} for a ratio of nothing. Only none prints as 0.0 and only all
   * as 100.0: what would round to them prints as {@code < 0.1} and {@code > 99.9}.
   */
  public String percent() {
    if (total == 0) {
      return "n/a";
    }
    double percent = 100.0 * hits / total;
    if (hits > 0 && percent < 0.05) {
      return "< 0.1 %";
    }
    if (hits < total && percent >= 99.95) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
