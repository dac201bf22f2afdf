package org.sysretreplay.analytics.report;

import java.util.Locale;

/** Nanoseconds in the units that people read; never by way of a floating-point number. */
final class Clock {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private Clock() {}

  /** As in {@code 303057.417513123}. */
  static String seconds(long nanos) {
    return String.format(
        Locale.ROOT,
        "%d.%09d",
        Math.floorDiv(nanos, NANOS_PER_SECOND),
        Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** A distance in time in microseconds, as in {@code +1,234.567}. */
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
