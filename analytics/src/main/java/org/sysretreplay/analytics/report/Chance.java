package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.Locale;
import org.sysretreplay.analytics.Points;

/**
 * How far chance and the spread between runs may move a difference of shares.
 *
 * @param points where the difference lies, in percentage points
 */
public record Chance(Interval points, OfSide base, OfSide other) {

  /**
   * What the runs of a side say together.
   *
   * @param share where the share lies, from 0 to 1
   * @param spread how far the highest run lies above the lowest
   * @param runs each run that has exits
   */
  public record OfSide(Interval share, Points spread, List<ComparedWorkload.OfRun> runs) {}

  static Chance of(ComparedWorkload.Part base, ComparedWorkload.Part other, double errorRate) {
    Interval shares = base.shares().difference(other.shares(), errorRate);
    return new Chance(
        new Interval(100 * shares.low(), 100 * shares.high()),
        ofSide(base, errorRate),
        ofSide(other, errorRate));
  }

  private static OfSide ofSide(ComparedWorkload.Part part, double errorRate) {
    return new OfSide(
        part.shares().interval(errorRate),
        part.shares().spread(),
        part.runs().stream().filter(it -> it.share().total() > 0).toList());
  }

  /** The interval of the difference, as in {@code -1.20 to +0.31}. */
  public String text() {
    return String.format(Locale.ROOT, "%+.2f to %+.2f", points.low(), points.high());
  }

  /** Whether there may be no difference at all. */
  public boolean isNoise() {
    return points.holds(0);
  }
}
