package org.sysretreplay.ingest.sample;

import java.util.OptionalLong;

/** Numbers that are there, of which the small ones are shared: nearly every sample has some. */
public final class SharedNumbers {

  /** No number. */
  public static final OptionalLong NONE = OptionalLong.empty();

  private static final int LEAST = -1024;
  private static final OptionalLong[] SMALL = new OptionalLong[1 << 13];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = OptionalLong.of(LEAST + i);
    }
  }

  private SharedNumbers() {}

  /** That number. */
  public static OptionalLong of(long number) {
    long index = number - LEAST;
    return index >= 0 && index < SMALL.length ? SMALL[(int) index] : OptionalLong.of(number);
  }
}
