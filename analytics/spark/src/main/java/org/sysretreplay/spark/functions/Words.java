package org.sysretreplay.spark.functions;

import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What a few words stand for, found by their bytes as they lie in a column: no text is built for a
 * row (benchmark functions/outcome). Immutable.
 */
final class Words<T> {

  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final UTF8String[] words;
  private final Object[] values;
  private final int mask;

  Words(Map<UTF8String, T> known) {
    int slots = Math.max(4, Integer.highestOneBit(known.size() + 1) * 8);
    words = new UTF8String[slots];
    values = new Object[slots];
    mask = slots - 1;
    known.forEach(
        (word, value) -> {
          int slot = slot(word);
          words[slot] = word;
          values[slot] = value;
        });
  }

  /** What the word stands for; null where it is not known. */
  @SuppressWarnings("unchecked")
  T get(UTF8String word) {
    return (T) values[slot(word)];
  }

  /** Where the word is, or would be. */
  private int slot(UTF8String word) {
    int slot = hash(word) & mask;
    while (words[slot] != null && !words[slot].binaryEquals(word)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Of the first eight bytes, the last one, and how many there are. */
  private static int hash(UTF8String word) {
    int bytes = word.numBytes();
    long last = bytes == 0 ? 0 : word.getByte(bytes - 1);
    return (int) ((word.getPrefix() + last * 31 + bytes) * SPREAD >>> 40);
  }
}
