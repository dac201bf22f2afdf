package org.sysretreplay.ingest.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Counts how often each value of a few bits comes. Bit-packed values are counted two at a time
 * without unpacking: unpacking and counting them one by one takes three times as long (benchmark
 * Decode).
 */
public final class ValueCounts {

  /** The greatest width in bits; wider values are not worth a table. */
  static final int MAX_WIDTH = 12;

  /**
   * Values up to this width are counted in pairs: a table of all pairs still fits into the
   * processor's cache.
   */
  private static final int MAX_PAIRED_WIDTH = 7;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final int[] single;

  /**
   * Counts of pairs of values, in two tables by turns: incrementing the same count twice in a row
   * would stall the processor.
   */
  private final int[] even;

  private final int[] odd;
  private boolean paired;

  /** Counts of values of that width in bits; all 0 so far. */
  public ValueCounts(int width) {
    this.width = width;
    single = new int[1 << width];
    even = new int[width <= MAX_PAIRED_WIDTH ? 1 << 2 * width : 0];
    odd = new int[even.length];
  }

  int width() {
    return width;
  }

  /** Counts one value several times. */
  void add(int value, int times) {
    single[value] += times;
  }

  /** Whether packed values can be counted without unpacking. */
  boolean takesPacked() {
    return even.length > 0 && width > 0;
  }

  /** Counts groups of eight packed values. Seven bytes behind the last group are read too. */
  void addPacked(byte[] bytes, int from, int groups) {
    paired = true;
    int mask = even.length - 1;
    int at = from;
    for (int group = 0; group < groups; group++) {
      long bits = (long) LONGS.get(bytes, at);
      even[(int) bits & mask]++;
      odd[(int) (bits >>> 2 * width) & mask]++;
      even[(int) (bits >>> 4 * width) & mask]++;
      odd[(int) (bits >>> 6 * width) & mask]++;
      at += width;
    }
  }

  /** Gives the counts by value, and sets them to 0. */
  void drain(Drain to) {
    if (paired) {
      splitPairs();
    }
    for (int value = 0; value < single.length; value++) {
      if (single[value] > 0) {
        to.take(value, single[value]);
      }
    }
    Arrays.fill(single, 0);
  }

  /** Takes the counts that are not 0. */
  public interface Drain {
    void take(int value, int count);
  }

  private void splitPairs() {
    for (int pair = 0; pair < even.length; pair++) {
      int count = even[pair] + odd[pair];
      if (count > 0) {
        single[pair & single.length - 1] += count;
        single[pair >>> width] += count;
      }
    }
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
    paired = false;
  }
}
