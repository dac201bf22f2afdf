package org.sysretreplay.ingest.generate;

import java.util.Arrays;
import java.util.List;

/**
 * Bags of small numbers. A number is drawn and not put back until its bag is empty, and then all
 * are. So in the long run everything comes as often as it should, and not only about as often: what
 * was rare when the counts were taken is neither lost nor multiplied by chance.
 */
final class Bags {

  /** As many numbers as all bags may hold; larger counts are scaled down, none to zero. */
  private static final long MOST_NUMBERS = 1L << 22;

  /**
   * What one bag has so often.
   *
   * @param bag numbered from 0
   */
  record Content(int bag, int number, long count) {}

  /** Where each bag begins in {@link #numbers}; one more for the end of the last. */
  private final int[] starts;

  private final int[] left;
  private final int[] numbers;

  Bags(int bags, List<Content> contents) {
    double total = contents.stream().mapToDouble(Content::count).sum();
    starts = new int[bags + 1];
    for (Content it : contents) {
      starts[it.bag() + 1] += scaled(it.count(), total);
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    numbers = new int[starts[bags]];
    int[] filled = Arrays.copyOf(starts, bags);
    for (Content it : contents) {
      int from = filled[it.bag()];
      filled[it.bag()] += scaled(it.count(), total);
      Arrays.fill(numbers, from, filled[it.bag()], it.number());
    }
    left = new int[bags];
  }

  private static int scaled(long count, double total) {
    return total <= MOST_NUMBERS
        ? (int) count
        : (int) Math.max(1, Math.round(count * (MOST_NUMBERS / total)));
  }

  /** The next number of a bag that has any. */
  int draw(int bag, Draws random) {
    int start = starts[bag];
    int in = left[bag] > 0 ? left[bag] : starts[bag + 1] - start;
    int at = start + (int) random.below(in);
    int last = start + in - 1;
    int drawn = numbers[at];
    numbers[at] = numbers[last];
    numbers[last] = drawn;
    left[bag] = in - 1;
    return drawn;
  }
}
