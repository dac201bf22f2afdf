package org.sysretreplay.analytics;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses and prints lengths of time as users write them: a whole number and a unit, for example
 * {@code 100ms}.
 */
public final class TimeUnits {

  private enum Unit {
    H(3_600_000_000_000L),
    M(60_000_000_000L),
    S(1_000_000_000),
    MS(1_000_000),
    US(1_000),
    NS(1);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All units, the longest first, for messages and help texts. */
  public static final String SYMBOLS =
      Arrays.stream(Unit.values()).map(Unit::symbol).collect(Collectors.joining(", "));

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})([a-z]{1,2})");

  private TimeUnits() {}

  /**
   * The length in nanoseconds; empty if the text is not a length, or is 0, or does not fit into a
   * {@code long}.
   */
  public static OptionalLong nanos(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(parts.group(1));
    return Arrays.stream(Unit.values())
        .filter(it -> it.symbol().equals(parts.group(2)))
        .filter(it -> number > 0 && number <= Long.MAX_VALUE / it.nanos)
        .mapToLong(it -> number * it.nanos)
        .findFirst();
  }

  /** The length in the longest unit that gives a whole number. */
  public static String text(long nanos) {
    Unit unit =
        Arrays.stream(Unit.values()).filter(it -> nanos % it.nanos == 0).findFirst().orElseThrow();
    return nanos / unit.nanos + unit.symbol();
  }
}
