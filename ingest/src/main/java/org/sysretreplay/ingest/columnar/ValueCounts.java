package org.sysretreplay.ingest.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How often each value of a few bits came. Packed values are counted two at a time as they stand in
 * the bytes: giving them out one by one, to count them then, takes three times as long (benchmark
 * Decode).
 */
public final class ValueCounts {

  /** The bits of the widest values; wider ones are not worth a table. */
  static final int MAX_WIDTH = 12;

  /** Two values of so many bits still index a table that stays in the processor's cache. */
  private static final int MAX_PAIRED_WIDTH = 7;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final int[] single;

  /** By two values at once; two tables, as a processor waits where it counts the same twice. */
  private final int[] even;

  private final int[] odd;
  private boolean paired;

  /** Nothing counted yet, of values of so many bits. */
  public ValueCounts(int width) {
    this.width = width;
    single = new int[1 << width];
    even = new int[width <= MAX_PAIRED_WIDTH ? 1 << 2 * width : 0];
    odd = new int[even.length];
  }

  int width() {
    return width;
  }

  /** Counts one value as so many. */
  void add(int value, int times) {
    single[value] += times;
  }

  /** Whether packed values can be counted where they stand. */
  boolean takesPacked() {
    return even.length > 0 && width > 0;
  }

  /** Counts groups of eight packed values, which begin there; seven bytes behind them are read. */
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

  /** Gives the counts by value, which begin anew. */
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

  /** Takes counts, never of 0. */
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
