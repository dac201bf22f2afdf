package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.analytics.Ratio;

/**
 * Draws a ratio as a bar.
 *
 * @param width the length of a full bar, in characters
 * @param unicode whether to draw with block characters, which show eighths
 */
record Bar(int width, boolean unicode) {

  /** The widths to try for a bar beside other numbers, best first. */
  static final List<Integer> WIDTHS = List.of(12, 8, 6, 4);

  private static final int EIGHTHS = 8;
  private static final char FULL_BLOCK = '\u2588';
  private static final char PLAIN = '#';

  /** The bar of a ratio. It is empty only for 0, and full only for a ratio of 1. */
  String of(Ratio ratio) {
    if (ratio.hits() == 0) {
      return "";
    }
    int steps = unicode ? width * EIGHTHS : width;
    int length = (int) Math.max(1, Math.floor((double) ratio.hits() / ratio.total() * steps));
    if (!unicode) {
      return String.valueOf(PLAIN).repeat(length);
    }
    int rest = length % EIGHTHS;
    // The blocks from U+2588 to U+258F are 8, 7, ... 1 eighths wide.
    String last = rest == 0 ? "" : String.valueOf((char) (FULL_BLOCK + EIGHTHS - rest));
    return String.valueOf(FULL_BLOCK).repeat(length / EIGHTHS) + last;
  }
}
