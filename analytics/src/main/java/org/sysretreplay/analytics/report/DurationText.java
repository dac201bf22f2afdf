package org.sysretreplay.analytics.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Formats lengths of time for readers: three digits, and the unit that keeps the number above 1.
 */
final class DurationText {

  private static final String[] UNITS = {"ns", "us", "ms", "s"};
  private static final double STEP = 1000;

  private DurationText() {}

  /** For example {@code 36.5 ns} or {@code -1.20 ms}; {@code n/a} if it is not known. */
  static String of(OptionalDouble nanos) {
    return nanos.isPresent() ? of(nanos.getAsDouble()) : "n/a";
  }

  /** For example {@code 36.5 ns} or {@code -1.20 ms}. */
  static String of(double nanos) {
    double value = Math.abs(nanos);
    int unit = 0;
    while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String sign = nanos < 0 ? "-" : "";
    return sign + digits(value) + " " + UNITS[unit];
  }

  private static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
