package org.sysretreplay.ingest.sample;

import java.util.OptionalLong;

/**
 * Makes present {@link OptionalLong}s and shares those of small numbers, because nearly every
 * sample has some.
 */
public final class OptionalLongCache {

  /** The empty value. */
  public static final OptionalLong NONE = OptionalLong.empty();

  private static final int LEAST = -1024;
  private static final OptionalLong[] SMALL = new OptionalLong[1 << 13];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = OptionalLong.of(LEAST + i);
    }
  }

  private OptionalLongCache() {}

  /** The number as a present value. */
  public static OptionalLong of(long number) {
    long index = number - LEAST;
    return index >= 0 && index < SMALL.length ? SMALL[(int) index] : OptionalLong.of(number);
  }
}
