package org.sysretreplay.ingest.columnar;

import java.util.Arrays;

/**
 * Numbers distinct longs from 0 in the order in which they first come. It is twice as fast as a
 * hash map of boxed values (benchmark StoreWrite).
 */
public final class LongDictionary {

  private static final int NONE = -1;

  /** Spreads the bits of a value over the table (the 64-bit golden ratio). */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private long[] values = new long[16];
  private int[] table = empty(64);
  private int size;
  private long last;
  private int codeOfLast = NONE;

  private static int[] empty(int size) {
    int[] table = new int[size];
    Arrays.fill(table, NONE);
    return table;
  }

  /**
   * The number of the value; a new value gets the next number. Mostly the same value comes several
   * times in a row, which is found without a call: this is short enough to be copied into loops.
   */
  public int of(long value) {
    return value == last && codeOfLast >= 0 ? codeOfLast : ofOther(value);
  }

  private int ofOther(long value) {
    last = value;
    codeOfLast = find(value);
    return codeOfLast;
  }

  private int find(long value) {
    int slot = slot(value, table.length);
    while (table[slot] != NONE) {
      if (values[table[slot]] == value) {
        return table[slot];
      }
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = size;
    return add(value);
  }

  /** The first slot to look for the value in a hash table of so many slots, a power of two. */
  public static int slot(long value, int slots) {
    // As many of the highest bits as there are slots for.
    return (int) ((value * SPREAD >>> Integer.SIZE) * slots >>> Integer.SIZE);
  }

  private int add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = empty(table.length * 2);
    for (int code = 0; code < size; code++) {
      int slot = slot(values[code], table.length);
      while (table[slot] != NONE) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = code;
    }
  }

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** The value of that number. */
  public long value(int code) {
    return values[code];
  }
}
