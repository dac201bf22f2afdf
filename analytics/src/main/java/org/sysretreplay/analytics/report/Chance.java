package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;

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
  public record OfSide(Interval share, Points spread, List<RunShare> runs) {}

  /** What one run shows of the share. */
  public record RunShare(String source, Ratio share) {}

  static Chance of(ComparedWorkload.Part base, ComparedWorkload.Part other, double errorRate) {
    Interval shares = base.shares().difference(other.shares(), errorRate);
    return new Chance(
        new Interval(100 * shares.low(), 100 * shares.high()),
        ofSide(base, errorRate),
        ofSide(other, errorRate));
  }

  /**
   * Of a sample of exits of one run that were judged twice: only those that return otherwise on the
   * other side move the difference. The interval is that of Bonett and Price (Journal of
   * Educational and Behavioral Statistics 37, 2012), which is none too narrow where few do.
   */
  static Chance ofSample(ComparedWorkload row, String source, double errorRate) {
    Transitions transitions = row.transitions().orElseThrow();
    double exits = row.base().orElseThrow().counts().exits() + 2.0;
    double gained = (transitions.count(Change::isNewHit) + 1) / exits;
    double lost = (transitions.count(Change::isLostHit) + 1) / exits;
    double variance = (gained + lost - Math.pow(gained - lost, 2)) / exits;
    double reach =
        NormalDistribution.of(0, 1).inverseSurvivalProbability(errorRate / 2) * Math.sqrt(variance);
    double middle = gained - lost;
    Interval shares = new Interval(middle - reach, middle + reach).within(-1, 1);
    return new Chance(
        new Interval(100 * shares.low(), 100 * shares.high()),
        ofSample(row.base().orElseThrow(), source, errorRate),
        ofSample(row.other().orElseThrow(), source, errorRate));
  }

  private static OfSide ofSample(ComparedWorkload.Part part, String source, double errorRate) {
    Ratio share = part.counts().sysretShare();
    return new OfSide(
        Fleet.wilson(share, errorRate).orElseThrow(),
        new Points(share, share),
        List.of(new RunShare(source, share)));
  }

  private static OfSide ofSide(ComparedWorkload.Part part, double errorRate) {
    return new OfSide(
        part.shares().interval(errorRate),
        part.shares().spread(),
        part.runs().stream()
            .filter(it -> it.share().total() > 0)
            .map(it -> new RunShare(it.source(), it.share()))
            .toList());
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
