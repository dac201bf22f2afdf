package org.sysretreplay.analytics.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Formats points in time and their distances, given in nanoseconds, exactly. */
final class ClockText {

  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private ClockText() {}

  /** A point in time in seconds, for example {@code 303057.417513123}. */
  static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString();
  }

  /**
   * A distance after a start, for example {@code +0.3 s}, with no more digits than it needs. The
   * distance may be too long for a {@code long}.
   *
   * @param start the start, in nanoseconds
   * @param nanos the time to show, by the same clock
   * @param step the distance is a multiple of this, in nanoseconds; it chooses the unit
   */
  static String since(long start, long nanos, long step) {
    BigDecimal distance = BigDecimal.valueOf(nanos).subtract(BigDecimal.valueOf(start));
    if (step >= NANOS_PER_MILLI) {
      return since(distance, step, NANOS_PER_SECOND, "s");
    }
    return step >= NANOS_PER_MICRO
        ? since(distance, step, NANOS_PER_MILLI, "ms")
        : since(distance, step, NANOS_PER_MICRO, "us");
  }

  private static String since(BigDecimal nanos, long step, long unit, String symbol) {
    int digits = Math.max(0, in(BigDecimal.valueOf(step), unit).stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "+%,." + digits + "f %s", in(nanos, unit), symbol);
  }

  private static BigDecimal in(BigDecimal nanos, long unit) {
    return nanos.divide(BigDecimal.valueOf(unit));
  }

  /** A distance in microseconds, for example {@code +1,234.567}. */
  static String micros(long nanos) {
    long size = Math.abs(nanos);
    return String.format(
        Locale.ROOT,
        "%s%,d.%03d",
        nanos < 0 ? "-" : nanos > 0 ? "+" : "",
        size / NANOS_PER_MICRO,
        size % NANOS_PER_MICRO);
  }
}
