package org.sysretreplay.analytics.cli;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.TimeUnits;

/**
 * When perf ends a piece of a recording and begins the next one.
 *
 * @param ofPerf as perf wants to be told: whole seconds, or a size
 */
record Rotation(String ofPerf) {

  /** Some thousand traces a day, and a first answer after a minute. */
  static final String USUAL = "1m";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([MG])");

  /**
   * perf names a piece by the hundredth of a second in which it ends, and would write over one that
   * ended in the same: nothing fills this much in that time.
   */
  private static final long LEAST_MEGABYTES = 16;

  private static final long MEGABYTES_A_GIGABYTE = 1024;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /**
   * What the user wrote behind {@code --rotate}.
   *
   * @throws UsageException where perf knows no such measure
   */
  static Rotation of(String text) {
    OptionalLong nanos = TimeUnits.nanos(text);
    if (nanos.isPresent() && nanos.getAsLong() % SECOND_NANOS == 0) {
      return new Rotation(nanos.getAsLong() / SECOND_NANOS + "s");
    }
    if (nanos.isEmpty() && megabytes(text) >= LEAST_MEGABYTES) {
      return new Rotation(text);
    }
    throw new UsageException(
        "--rotate %s: give a time of whole seconds, such as 10s or 5m, or a size from %dM on, such as 256M or 1G."
            .formatted(text, LEAST_MEGABYTES));
  }

  private static long megabytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return 0;
    }
    long number = Long.parseLong(size.group(1));
    return size.group(2).equals("M") ? number : number * MEGABYTES_A_GIGABYTE;
  }
}
