package org.sysretreplay.analytics.cli;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.TimeUnits;

/**
 * When perf ends a piece of a recording and begins the next one.
 *
 * @param ofPerf what perf is told to wait for
 * @param nanos how often it is told to by a signal; empty where it waits for a size. Its own
 *     measure of time is not used: where perf begins slowly it misses the first alarm, and sets no
 *     other
 */
record Rotation(String ofPerf, OptionalLong nanos) {

  /** Some thousand traces a day, and a first answer after a minute. */
  static final String USUAL = "1m";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([MG])");

  /**
   * perf names a piece by the hundredth of a second in which it ends, and would write over one that
   * ended in the same: nothing fills this much in that time.
   */
  private static final long LEAST_MEGABYTES = 16;

  private static final long MEGABYTES_A_GIGABYTE = 1024;
  private static final long LEAST_NANOS = 1_000_000_000L;

  /**
   * What the user wrote behind {@code --rotate}.
   *
   * @throws UsageException where it is no measure, or too small
   */
  static Rotation of(String text) {
    OptionalLong nanos = TimeUnits.nanos(text);
    if (nanos.isPresent() && nanos.getAsLong() >= LEAST_NANOS) {
      return new Rotation("signal", nanos);
    }
    if (nanos.isEmpty() && megabytes(text) >= LEAST_MEGABYTES) {
      return new Rotation(text, nanos);
    }
    throw new UsageException(
        "--rotate %s: give a time from 1s on, such as 10s or 5m, or a size from %dM on, such as 256M or 1G."
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
