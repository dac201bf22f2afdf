package org.sysretreplay.analytics.report;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;

/**
 * What the runs of one side measured of the same share, and how sure the share of all of them is:
 * chance moves it, since exits are counted, and so does whatever differs from run to run.
 *
 * <p>Chance alone is Wilson's interval, and Newcombe's of a difference, which is made from two of
 * those. Where there are several runs, their spread says more: Student's t over the shares of runs,
 * each as sure as any other, and Welch's of a difference. Of both the wider one counts, so that two
 * runs that happen to agree prove nothing.
 *
 * @param runs at least one, each of one exit or more
 */
record RunShares(List<Ratio> runs) {

  RunShares {
    runs = List.copyOf(runs);
    if (runs.isEmpty() || runs.stream().anyMatch(it -> it.total() == 0)) {
      throw new IllegalArgumentException("shares of nothing: " + runs);
    }
  }

  /** The share of all runs together. */
  Ratio sum() {
    return new Ratio(
        runs.stream().mapToLong(Ratio::hits).sum(), runs.stream().mapToLong(Ratio::total).sum());
  }

  /** How far the highest run lies above the lowest. */
  Points spread() {
    Comparator<Ratio> byShare = Comparator.comparingDouble(RunShares::value);
    return new Points(
        runs.stream().min(byShare).orElseThrow(), runs.stream().max(byShare).orElseThrow());
  }

  /** Where the share lies, from 0 to 1, but for so many of all cases. */
  Interval interval(double errorRate) {
    Interval chance = Fleet.wilson(sum(), errorRate).orElseThrow();
    if (!isSpreadKnown()) {
      return chance;
    }
    double reach = reach(variance(), runs.size() - 1, errorRate);
    return chance.with(around(value(sum()), reach)).within(0, 1);
  }

  /** How far the share of the other side lies above this one, from -1 to 1. */
  Interval difference(RunShares other, double errorRate) {
    Interval chance = newcombe(sum(), other.sum(), errorRate);
    if (!isSpreadKnown() && !other.isSpreadKnown()) {
      return chance;
    }
    double ofThis = varianceBeside(other);
    double ofOther = other.varianceBeside(this);
    double reach = reach(ofThis + ofOther, freedom(other, ofThis, ofOther), errorRate);
    return chance.with(around(value(other.sum()) - value(sum()), reach)).within(-1, 1);
  }

  private static double value(Ratio share) {
    return share.value().orElseThrow();
  }

  private boolean isSpreadKnown() {
    return runs.size() > 1;
  }

  /** The variance of the share of all runs, of which a long one counts for more. */
  private double variance() {
    return varianceOfOneRun() * sumOfSquaredWeights();
  }

  /** The same; one run alone is taken to be as far off as each one of the other side. */
  private double varianceBeside(RunShares other) {
    return (isSpreadKnown() ? this : other).varianceOfOneRun() * sumOfSquaredWeights();
  }

  /**
   * How far runs lie apart, whatever their lengths: a run that makes up most of the sum lies near
   * it for that reason alone.
   */
  private double varianceOfOneRun() {
    double mean = runs.stream().mapToDouble(RunShares::value).average().orElseThrow();
    double squares = runs.stream().mapToDouble(it -> Math.pow(value(it) - mean, 2)).sum();
    return squares / (runs.size() - 1);
  }

  private double sumOfSquaredWeights() {
    double exits = sum().total();
    return runs.stream().mapToDouble(it -> Math.pow(it.total() / exits, 2)).sum();
  }

  /** Welch's degrees of freedom; those of the side whose spread is known where that is one. */
  private double freedom(RunShares other, double ofThis, double ofOther) {
    if (!isSpreadKnown() || !other.isSpreadKnown()) {
      return Math.max(runs.size(), other.runs.size()) - 1;
    }
    return Math.pow(ofThis + ofOther, 2)
        / (Math.pow(ofThis, 2) / (runs.size() - 1)
            + Math.pow(ofOther, 2) / (other.runs.size() - 1));
  }

  private static double reach(double variance, double freedom, double errorRate) {
    return variance == 0
        ? 0
        : TDistribution.of(freedom).inverseSurvivalProbability(errorRate / 2) * Math.sqrt(variance);
  }

  private static Interval around(double middle, double reach) {
    return new Interval(middle - reach, middle + reach);
  }

  /** Newcombe's hybrid score interval, method 10 of Statistics in Medicine 17 (1998). */
  private static Interval newcombe(Ratio from, Ratio to, double errorRate) {
    Interval ofFrom = Fleet.wilson(from, errorRate).orElseThrow();
    Interval ofTo = Fleet.wilson(to, errorRate).orElseThrow();
    double difference = value(to) - value(from);
    return new Interval(
        difference - Math.hypot(value(to) - ofTo.low(), ofFrom.high() - value(from)),
        difference + Math.hypot(ofTo.high() - value(to), value(from) - ofFrom.low()));
  }
}
