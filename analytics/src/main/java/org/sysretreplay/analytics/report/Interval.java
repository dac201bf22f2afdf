package org.sysretreplay.analytics.report;

/** Where a number lies, both ends included. */
public record Interval(double low, double high) {

  /** Whether it holds the number. */
  public boolean holds(double number) {
    return low <= number && number <= high;
  }

  /** The smallest interval that holds all of both. */
  Interval with(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** What of it lies from the one number to the other. */
  Interval within(double least, double most) {
    return new Interval(Math.max(least, low), Math.min(most, high));
  }
}
