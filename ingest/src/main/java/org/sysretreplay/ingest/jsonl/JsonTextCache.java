package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.function.Function;

/**
 * A cache of the meaning of JSON strings. A file has few different ones that come again and again:
 * their meaning is looked up by the parser's characters, without making a string for every line.
 */
final class JsonTextCache<T> {

  private static final int KNOWN = 1 << 8;

  /** Longer texts are no names and are not cached. */
  private static final int MAX_KEPT = 1 << 7;

  private final Function<String, T> meaning;
  private final String[] texts = new String[KNOWN];
  private final Object[] meanings = new Object[KNOWN];

  JsonTextCache(Function<String, T> meaning) {
    this.meaning = meaning;
  }

  /** The meaning of the string that the parser stands on. */
  @SuppressWarnings("unchecked")
  T get(JsonParser value) throws IOException {
    char[] chars = value.getTextCharacters();
    int from = value.getTextOffset();
    int length = value.getTextLength();
    int slot = slot(chars, from, length);
    return isAt(texts[slot], chars, from, length)
        ? (T) meanings[slot]
        : learn(slot, new String(chars, from, length));
  }

  private static boolean isAt(String known, char[] chars, int from, int length) {
    if (known == null || known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }

  private T learn(int slot, String text) {
    T learnt = meaning.apply(text);
    if (text.length() <= MAX_KEPT) {
      texts[slot] = text;
      meanings[slot] = learnt;
    }
    return learnt;
  }

  private static int slot(char[] chars, int from, int length) {
    if (length == 0) {
      return 0;
    }
    int mixed = length * 31 + chars[from];
    mixed = mixed * 31 + chars[from + length / 2];
    return mixed * 31 + chars[from + length - 1] & KNOWN - 1;
  }
}
