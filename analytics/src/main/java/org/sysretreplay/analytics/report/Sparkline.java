package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Ratio;

/**
 * Ratios as a line of marks, one column each: from the lowest block for none to the highest for
 * all, or from 0 to 9 where blocks do not show.
 */
final class Sparkline {

  /** U+2581 is one eighth of a block, and U+2588 a whole one. */
  private static final char LOWEST_BLOCK = '\u2581';

  private static final int BLOCKS = 8;
  private static final int DIGITS = 10;

  /** Of nothing: neither low nor high. */
  private static final String NO_MARK = " ";

  private Sparkline() {}

  static String of(List<Ratio> ratios, boolean unicode) {
    return ratios.stream().map(it -> mark(it, unicode)).collect(Collectors.joining());
  }

  private static String mark(Ratio ratio, boolean unicode) {
    if (ratio.value().isEmpty()) {
      return NO_MARK;
    }
    return unicode
        ? String.valueOf((char) (LOWEST_BLOCK + step(ratio, BLOCKS)))
        : String.valueOf((char) ('0' + step(ratio, DIGITS)));
  }

  /** Only none is the lowest step and only all the highest; the others share what lies between. */
  private static int step(Ratio ratio, int steps) {
    if (ratio.hits() == 0) {
      return 0;
    }
    if (ratio.hits() == ratio.total()) {
      return steps - 1;
    }
    return 1 + (int) (ratio.value().getAsDouble() * (steps - 2));
  }
}
