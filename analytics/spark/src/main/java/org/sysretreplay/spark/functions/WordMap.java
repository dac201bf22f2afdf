package org.sysretreplay.spark.functions;

import java.util.Map;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A map from a few words to values, looked up by the bytes in a column: no String is built for a
 * row, and words of up to sixteen bytes are compared as two numbers that stand side by side
 * (benchmark functions/outcome). Immutable.
 */
final class WordMap<T> {

  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
  private static final int TWO_NUMBERS = 2 * Long.BYTES;

  /** A slot has its word's first and last eight bytes, and its length; 0 where it is free. */
  private static final int SLOT = 4;

  private static final int TAIL = 1;
  private static final int LENGTH = 2;

  private final UTF8String[] words;
  private final long[] slots;
  private final Object[] values;
  private final int mask;

  WordMap(Map<UTF8String, T> known) {
    int size = Math.max(4, Integer.highestOneBit(known.size() + 1) * 8);
    words = new UTF8String[size];
    slots = new long[SLOT * size];
    values = new Object[size];
    mask = size - 1;
    known.forEach(this::put);
  }

  private void put(UTF8String word, T value) {
    int slot = slot(word);
    words[slot] = word;
    values[slot] = value;
    slots[SLOT * slot] = head(word);
    slots[SLOT * slot + TAIL] = tail(word);
    slots[SLOT * slot + LENGTH] = word.numBytes();
  }

  /** The value of a word; null if the word is not known. */
  @SuppressWarnings("unchecked")
  T get(UTF8String word) {
    return (T) values[slot(word)];
  }

  /** The slot of the word, or the free slot in which it would be. */
  private int slot(UTF8String word) {
    long head = head(word);
    long tail = tail(word);
    int bytes = word.numBytes();
    int slot = (int) ((head + 31 * tail + bytes) * SPREAD >>> 40) & mask;
    while (!isAt(slot, word, head, tail, bytes) && words[slot] != null) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int slot, UTF8String word, long head, long tail, int bytes) {
    int at = SLOT * slot;
    return slots[at] == head
        && slots[at + TAIL] == tail
        && slots[at + LENGTH] == bytes
        && (bytes <= TWO_NUMBERS || words[slot].binaryEquals(word));
  }

  /** The first eight bytes, in some order. */
  private static long head(UTF8String word) {
    return word.numBytes() < Long.BYTES
        ? word.getPrefix()
        : Platform.getLong(word.getBaseObject(), word.getBaseOffset());
  }

  /** The last eight bytes; 0 for shorter words, which the head holds completely. */
  private static long tail(UTF8String word) {
    int bytes = word.numBytes();
    return bytes < Long.BYTES
        ? 0
        : Platform.getLong(word.getBaseObject(), word.getBaseOffset() + bytes - Long.BYTES);
  }
}
