package org.sysretreplay.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * So many of so many: the one type that prints a percentage.
 *
 * @param hits at most {@code total}
 */
public record Ratio(long hits, long total) {

  /** In tenths of a percent. */
  private static final long ALL = 1000;

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
    long tenths = tenths();
    if (hits > 0 && tenths == 0) {
      return "< 0.1 %";
    }
    if (hits < total && tenths == ALL) {
      return "> 99.9 %";
    }
    // A Formatter would look for the locale's digits each time (benchmark process/report-of-1e8).
    return tenths / 10 + "." + tenths % 10 + " %";
  }

  /** The quotient in tenths of a percent, rounded half up; not of a ratio of nothing. */
  long tenths() {
    return BigDecimal.valueOf(hits)
        .multiply(BigDecimal.valueOf(ALL))
        .divide(BigDecimal.valueOf(total), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
