package org.sysretreplay.ingest.generate;

import java.util.Arrays;
import java.util.List;

/**
 * Draws small numbers from bags without putting them back. When a bag is empty it is filled again.
 * So in the long run every number comes exactly as often as its count says: rare ones are neither
 * lost nor multiplied by chance.
 */
final class Bags {

  /**
   * The most numbers that all bags hold together. Larger counts are scaled down, but none to zero.
   */
  private static final long MOST_NUMBERS = 1L << 22;

  /**
   * A number, and how often a bag holds it.
   *
   * @param bag numbered from 0
   */
  record Content(int bag, int number, long count) {}

  /** The start of each bag in {@link #numbers}, and the end of the last one. */
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

  /** Draws a number from a bag that is not empty by its counts. */
  int draw(int bag, SeededRandom random) {
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
