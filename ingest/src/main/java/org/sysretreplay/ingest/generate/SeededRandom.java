package org.sysretreplay.ingest.generate;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same for the same seed on every Java. Only the generator's raw 64
 * bits are used, which Java specifies; everything else is computed here.
 */
final class SeededRandom {

  private final SplittableRandom random;

  SeededRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A number from 0 to {@code bound - 1}. The probabilities of two numbers differ by at most 2^-63.
   *
   * @param bound at least 1
   */
  long below(long bound) {
    return Math.multiplyHigh(random.nextLong() >>> 1, bound << 1);
  }

  /** Whether something with these odds happens this time. */
  boolean happens(Odds odds) {
    return random.nextLong() >>> 1 < odds.threshold;
  }

  /** How likely something is. */
  record Odds(long threshold) {

    /** A probability of {@code hits} in {@code of}. */
    static Odds of(long hits, long of) {
      return new Odds((long) ((double) hits / of * Long.MAX_VALUE));
    }
  }
}
