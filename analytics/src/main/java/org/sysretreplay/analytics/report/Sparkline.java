package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Ratio;

/**
 * Draws ratios as a line of marks, one column each: from the lowest block for 0 to the highest for
 * 1, or as digits from 0 to 9 without Unicode.
 */
final class Sparkline {

  /** U+2581 is one eighth of a block, and U+2588 a whole one. */
  private static final char LOWEST_BLOCK = '\u2581';

  private static final int BLOCKS = 8;
  private static final int DIGITS = 10;

  /** The mark of a ratio of nothing. */
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

  /** Only a ratio of 0 gets the lowest step and only a ratio of 1 the highest. */
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
