package org.sysretreplay.ingest.generate;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same for the same seed on every Java: only the generator's 64 bits
 * are used, which are specified, and what is made of them is made here.
 */
final class Draws {

  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A number from 0 to {@code bound - 1}. Its chances differ by less than one in 2^63 / bound.
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

    /** Once in {@code of} times {@code hits}. */
    static Odds of(long hits, long of) {
      return new Odds((long) ((double) hits / of * Long.MAX_VALUE));
    }
  }
}
