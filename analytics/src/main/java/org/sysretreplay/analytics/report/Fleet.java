package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.sysretreplay.analytics.Ratio;

/**
 * The shares of many workloads that should be alike. A workload is odd if the Wilson interval of
 * its share does not hold the median of all.
 *
 * <p>The intervals are widened for the number of workloads, so that of all fleets of equal
 * workloads only one in twenty has an odd one. A share of nothing has no interval and is not odd.
 */
public final class Fleet {

  /** How often a fleet of equal workloads has an odd one by chance. */
  private static final double ERROR_RATE = 0.05;

  /** Explains to readers what makes a workload odd. */
  public static final String RULE =
      "Odd: the interval of the SYSRET share does not hold the median of all workloads; of a fleet of"
          + " equals, one in twenty shows any odd workload at all. Of fewer than ten, or where half or"
          + " more would be odd, none is marked.";

  /** Fewer workloads are no fleet, and are expected to differ. */
  private static final int SMALLEST = 10;

  private final OptionalDouble median;
  private final double errorRate;
  private final boolean marks;

  private Fleet(List<Ratio> shares) {
    double[] known = shares.stream().flatMapToDouble(it -> it.value().stream()).sorted().toArray();
    median = median(known);
    errorRate = ERROR_RATE / Math.max(1, known.length);
    long odd = shares.stream().filter(this::isOdd).count();
    // If half of them are odd, they were not meant to be alike.
    marks = known.length >= SMALLEST && odd * 2 < known.length;
  }

  /** A fleet of these shares. */
  public static Fleet of(List<Ratio> shares) {
    return new Fleet(shares);
  }

  /** The middle one of sorted numbers, or the mean of the two in the middle. */
  private static OptionalDouble median(double[] sorted) {
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  /** The median of all shares; empty if each is a share of nothing. */
  public OptionalDouble median() {
    return median;
  }

  /** Wilson's interval of a share, from 0 to 1; empty for a share of nothing. */
  public Optional<Interval> interval(Ratio share) {
    return wilson(share, errorRate);
  }

  /**
   * Wilson's interval of a share, which holds the share; empty for a share of nothing. Totals above
   * 2^31 - 1 are scaled down to that, which widens their intervals by less than a
   * hundred-thousandth.
   *
   * @param errorRate how often the interval may miss the true share, from 0 to 1
   */
  static Optional<Interval> wilson(Ratio share, double errorRate) {
    if (share.total() == 0) {
      return Optional.empty();
    }
    double scale = Math.min(1, (double) Integer.MAX_VALUE / share.total());
    int total = (int) Math.round(share.total() * scale);
    int hits = (int) Math.round(share.hits() * scale);
    var interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, hits, errorRate);
    // The formula gives exactly 0 and 1 for none and all, which rounding misses on either side.
    double low = hits == 0 ? 0 : interval.getLowerBound();
    double high = hits == total ? 1 : interval.getUpperBound();
    return Optional.of(new Interval(low, high).within(0, 1));
  }

  /** Whether the share differs from the median by more than chance explains. */
  public boolean isOdd(Ratio share) {
    return median.isPresent()
        && interval(share).filter(it -> !it.holds(median.getAsDouble())).isPresent();
  }

  /** Whether to mark the share as odd for readers: it is odd, and most of the fleet is not. */
  public boolean isMarked(Ratio share) {
    return marks && isOdd(share);
  }
}
