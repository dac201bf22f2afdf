package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.function.Function;

/**
 * What texts stand for. Of the few that come again and again it is found out once, and they are
 * compared where the parser has them: a line makes no text of them.
 */
final class JsonTexts<T> {

  private static final int KNOWN = 1 << 8;

  /** Longer texts are no names, and are not kept. */
  private static final int MAX_KEPT = 1 << 7;

  private final Function<String, T> meaning;
  private final String[] texts = new String[KNOWN];
  private final Object[] meanings = new Object[KNOWN];

  JsonTexts(Function<String, T> meaning) {
    this.meaning = meaning;
  }

  /** What the text stands for that the parser stands on. */
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
