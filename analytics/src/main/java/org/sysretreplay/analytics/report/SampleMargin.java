package org.sysretreplay.analytics.report;

import java.util.Locale;
import org.sysretreplay.analytics.Ratio;

/**
 * How far the share of all events may lie from that of a sample: Wilson's interval, which holds it
 * in 95 of 100 cases. Samples are taken as if each had been drawn by itself.
 *
 * @param share of the sampled exits
 */
record SampleMargin(Ratio share) {

  static final double ERROR_RATE = 0.05;

  private static final String SIGN = "\u00b1";
  private static final String PLAIN_SIGN = "+-";
  private static final double TENTHS = 1000;

  /** Both ends, from 0 to 1; of a share of nothing it may be any. */
  Interval interval() {
    return Fleet.wilson(share, ERROR_RATE).orElse(new Interval(0, 1));
  }

  /**
   * The share and the farther of both ends in percentage points, rounded up, as in {@code 97.3 %
   * ±0.4}; {@code n/a} for a share of nothing.
   */
  String beside(boolean unicode) {
    if (share.total() == 0) {
      return share.percent();
    }
    double value = share.value().orElseThrow();
    double reach = Math.max(interval().high() - value, value - interval().low());
    return "%s %s%s"
        .formatted(
            share.percent(),
            unicode ? SIGN : PLAIN_SIGN,
            String.format(Locale.ROOT, "%.1f", Math.ceil(reach * TENTHS) / 10));
  }

  /** Both ends in percent, rounded outwards, as in {@code 96.9 to 97.7 %}. */
  String ends() {
    return String.format(
        Locale.ROOT,
        "%.1f to %.1f %%",
        Math.floor(interval().low() * TENTHS) / 10,
        Math.ceil(interval().high() * TENTHS) / 10);
  }
}
