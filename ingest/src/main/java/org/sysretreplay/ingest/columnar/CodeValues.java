package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * The values of a column's codes. The first codes are those of the column's dictionary; the next
 * are given to plain values beside it, in the order in which they first come.
 */
final class CodeValues {

  private final ColumnType type;
  private int dictionarySize;
  private long[] dictionaryNumbers = {};
  private LongDictionary numbers = new LongDictionary();

  /** The texts of all codes. */
  private final List<String> texts = new ArrayList<>();

  private final Map<Binary, Integer> plainTexts = new HashMap<>();

  /**
   * The values of a dictionary.
   *
   * @param dictionary null if the column has none
   */
  CodeValues(ColumnType type, DictionaryPage dictionary) {
    this.type = type;
    if (dictionary != null) {
      read(decoded(dictionary));
    }
  }

  private Dictionary decoded(DictionaryPage page) {
    try {
      return page.getEncoding().initDictionary(type.column(), page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Dictionary dictionary) {
    dictionarySize = dictionary.getMaxId() + 1;
    dictionaryNumbers = new long[type.isText() ? 0 : dictionarySize];
    for (int code = 0; code < dictionarySize; code++) {
      if (type.isText()) {
        texts.add(dictionary.decodeToBinary(code).toStringUsingUTF8());
      } else {
        dictionaryNumbers[code] = type.number(dictionary, code);
      }
    }
  }

  int size() {
    return type.isText() ? texts.size() : dictionarySize + numbers.size();
  }

  long number(int code) {
    return code < dictionarySize ? dictionaryNumbers[code] : numbers.value(code - dictionarySize);
  }

  String text(int code) {
    return texts.get(code);
  }

  /** Puts the numbers of dictionary codes into the array. */
  void numbers(int[] codes, int count, long[] into, int from) {
    for (int i = 0; i < count; i++) {
      into[from + i] = dictionaryNumbers[codes[i]];
    }
  }

  /** Gives codes to the next plain values. */
  void codesOf(ValuesReader plain, int[] into, int from, int count) {
    for (int i = from; i < from + count; i++) {
      into[i] =
          type.isText()
              ? codeOf(plain.readBytes())
              : dictionarySize + numbers.of(type.number(plain));
    }
  }

  private int codeOf(Binary text) {
    Integer known = plainTexts.get(text);
    if (known != null) {
      return known;
    }
    plainTexts.put(text.copy(), texts.size());
    texts.add(text.toStringUsingUTF8());
    return texts.size() - 1;
  }

  /** Forgets the plain values. */
  void forget() {
    if (type.isText()) {
      texts.subList(dictionarySize, texts.size()).clear();
      plainTexts.clear();
    } else if (numbers.size() > 0) {
      numbers = new LongDictionary();
    }
  }

  /**
   * Makes sure that codes of a page are in the dictionary: a greater one would be taken for that of
   * a plain value.
   *
   * @throws ColumnException if one is not; the message is the reason
   */
  void checkInDictionary(int[] codes, int from, int count) {
    // The sign gets set if any code is negative or too great: one pass without a branch.
    int signs = 0;
    for (int i = from; i < from + count; i++) {
      signs |= codes[i] | dictionarySize - 1 - codes[i];
    }
    if (signs < 0) {
      throw notInDictionary();
    }
  }

  /**
   * The same for one code.
   *
   * @throws ColumnException if it is not in the dictionary; the message is the reason
   */
  void checkInDictionary(int code) {
    if (code < 0 || code >= dictionarySize) {
      throw notInDictionary();
    }
  }

  private ColumnException notInDictionary() {
    return new ColumnException("column " + type + " has values that are not in its dictionary");
  }
}
