package org.sysretreplay.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A cache of the meaning of words. A text has few different words that come again and again: their
 * meaning is looked up by their bytes, without making a string for every line.
 */
public final class WordCache<T> {

  private static final int KNOWN = 1 << 8;

  /** Longer words are no names and are not cached. */
  private static final int MAX_KEPT_BYTES = 1 << 7;

  private final Function<String, T> meaning;
  private final byte[][] words = new byte[KNOWN][];
  private final Object[] meanings = new Object[KNOWN];

  /**
   * An empty cache.
   *
   * @param meaning works out the meaning of a word; equal words must have equal meanings
   */
  public WordCache(Function<String, T> meaning) {
    this.meaning = meaning;
  }

  /** The meaning of the word in these bytes of the line. */
  @SuppressWarnings("unchecked")
  public T get(byte[] line, int from, int to) {
    int slot = slot(line, from, to);
    byte[] known = words[slot];
    if (known != null && Arrays.equals(known, 0, known.length, line, from, to)) {
      return (T) meanings[slot];
    }
    return learn(slot, line, from, to);
  }

  private T learn(int slot, byte[] line, int from, int to) {
    T learnt = meaning.apply(new String(line, from, to - from, StandardCharsets.UTF_8));
    if (to - from <= MAX_KEPT_BYTES) {
      words[slot] = Arrays.copyOfRange(line, from, to);
      meanings[slot] = learnt;
    }
    return learnt;
  }

  private static int slot(byte[] line, int from, int to) {
    if (from == to) {
      return 0;
    }
    int mixed = (to - from) * 31 + line[from];
    mixed = mixed * 31 + line[from + to >>> 1];
    return mixed * 31 + line[to - 1] & KNOWN - 1;
  }
}
