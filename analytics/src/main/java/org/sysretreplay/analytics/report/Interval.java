package org.sysretreplay.analytics.report;

/** A confidence interval: a range of numbers, including both ends. */
public record Interval(double low, double high) {

  /** Whether it holds the number. */
  public boolean holds(double number) {
    return low <= number && number <= high;
  }

  /** The smallest interval that holds both. */
  Interval with(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** The interval cut to the range from {@code least} to {@code most}. */
  Interval within(double least, double most) {
    return new Interval(Math.max(least, low), Math.min(most, high));
  }
}
