package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values of one column of a row group as codes, without looking at a value twice: a
 * dictionary's codes are handed on as they are, and other values are numbered behind them.
 */
public final class ColumnCursor {

  /** The code of no value. */
  public static final int NULL = -1;

  private final ColumnDescriptor column;
  private final PageReader pages;
  private final LongUnaryOperator ofNumber;
  private final boolean isText;
  private final boolean isInt;
  private final long mask;

  private int dictionarySize;
  private long[] dictionaryNumbers = {};
  private Codes numbers = new Codes();
  private final List<String> texts = new ArrayList<>();
  private final Map<Binary, Integer> plainTexts = new HashMap<>();

  private int left;
  private boolean allNull;
  private Optional<RunDecoder> levels = Optional.empty();
  private RunDecoder coded;
  private ValuesReader plain;
  private int[] levelsOfRows = {};
  private int[] present = {};
  private final ValueCounts presence = new ValueCounts(1);

  /** Of the page that is open; null where its codes are not counted, or are too wide for it. */
  private ValueCounts counts;

  /**
   * A column of numbers or of texts.
   *
   * @param ofNumber what stands for a number of the column
   * @throws IllegalArgumentException where it is of another type; the message is the reason
   */
  public ColumnCursor(ColumnDescriptor column, PageReader pages, LongUnaryOperator ofNumber) {
    this.ofNumber = ofNumber;
    this.column = column;
    this.pages = pages;
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    isText = type == PrimitiveTypeName.BINARY;
    isInt = type == PrimitiveTypeName.INT32;
    if (!isText && !isInt && type != PrimitiveTypeName.INT64
        || column.getMaxRepetitionLevel() > 0) {
      throw new IllegalArgumentException(
          "column %s holds %s and not 64-bit numbers or text".formatted(this, type));
    }
    mask = isInt && isUnsigned() ? 0xffff_ffffL : -1;
    readDictionary();
  }

  private boolean isUnsigned() {
    return column.getPrimitiveType().getLogicalTypeAnnotation()
            instanceof IntLogicalTypeAnnotation integer
        && !integer.isSigned();
  }

  private void readDictionary() {
    DictionaryPage page = pages.readDictionaryPage();
    if (page == null) {
      return;
    }
    Dictionary dictionary;
    try {
      dictionary = page.getEncoding().initDictionary(column, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dictionarySize = dictionary.getMaxId() + 1;
    dictionaryNumbers = new long[isText ? 0 : dictionarySize];
    for (int code = 0; code < dictionarySize; code++) {
      if (isText) {
        texts.add(dictionary.decodeToBinary(code).toStringUsingUTF8());
      } else {
        dictionaryNumbers[code] = number(dictionary, code);
      }
    }
  }

  private long number(Dictionary dictionary, int code) {
    return ofNumber.applyAsLong(
        isInt ? dictionary.decodeToInt(code) & mask : dictionary.decodeToLong(code));
  }

  boolean isText() {
    return isText;
  }

  /** How many codes there are so far. */
  public int size() {
    return isText ? texts.size() : dictionarySize + numbers.size();
  }

  /** The number that a code stands for. */
  public long number(int code) {
    return code < dictionarySize ? dictionaryNumbers[code] : numbers.value(code - dictionarySize);
  }

  /** What a code stands for: a String or a Long. */
  public Object value(int code) {
    return isText ? text(code) : (Object) number(code);
  }

  /** The text that a code stands for. */
  public String text(int code) {
    return texts.get(code);
  }

  /**
   * Drops what values beside the dictionary were numbered, so that memory stays bounded: codes that
   * were read before stand for nothing any more.
   */
  public void forget() {
    if (isText) {
      texts.subList(dictionarySize, texts.size()).clear();
      plainTexts.clear();
    } else if (numbers.size() > 0) {
      numbers = new Codes();
    }
  }

  /** The codes of the next rows; there must be so many. */
  public void readCodes(int[] into, int count) {
    int from = 0;
    while (from < count) {
      if (left == 0) {
        open(pages.readPage());
      }
      int rows = Math.min(left, count - from);
      if (allNull) {
        Arrays.fill(into, from, from + rows, NULL);
      } else if (levels.isEmpty()) {
        readPresent(into, from, rows);
      } else {
        readSparse(levels.get(), into, from, rows);
      }
      left -= rows;
      from += rows;
    }
  }

  /**
   * Counts the codes of the next rows; there must be so many. Some counts are given only when
   * {@link #drain} is called.
   */
  public void count(int rows, ValueCounts.Drain to) {
    int counted = 0;
    while (counted < rows) {
      if (left == 0) {
        drain(to);
        open(pages.readPage());
      }
      int count = Math.min(left, rows - counted);
      int present = allNull ? 0 : levels.map(it -> present(it, count)).orElse(count);
      if (present < count) {
        to.take(NULL, count - present);
      }
      countPresent(present, to);
      left -= count;
      counted += count;
    }
  }

  /** How many of the next rows have a value. */
  private int present(RunDecoder levels, int rows) {
    levels.count(rows, presence);
    int[] sum = {0};
    presence.drain((level, count) -> sum[0] += level * count);
    return sum[0];
  }

  private void countPresent(int count, ValueCounts.Drain to) {
    if (coded != null && coded.width() <= ValueCounts.MAX_WIDTH) {
      if (counts == null) {
        counts = new ValueCounts(coded.width());
      }
      coded.count(count, counts);
      return;
    }
    int[] codes = new int[count];
    readPresent(codes, 0, count);
    for (int code : codes) {
      to.take(code, 1);
    }
  }

  /** Gives what was counted so far and not given yet. */
  public void drain(ValueCounts.Drain to) {
    if (counts != null) {
      counts.drain(
          (code, count) -> {
            checkCode(code);
            to.take(code, count);
          });
    }
  }

  /**
   * The numbers of the next rows; there must be so many. Numbers that stand beside the dictionary
   * get no code.
   *
   * @throws IllegalArgumentException where a row has none; the message is the reason
   */
  public void readNumbers(long[] into, int count) {
    int from = 0;
    while (from < count) {
      if (left == 0) {
        open(pages.readPage());
      }
      int rows = Math.min(left, count - from);
      if (allNull || levels.isPresent() && present(levels.get(), rows) < rows) {
        throw new IllegalArgumentException("column " + this + " has rows without a value");
      }
      readPresent(into, from, rows);
      left -= rows;
      from += rows;
    }
  }

  private void readPresent(long[] into, int from, int count) {
    if (coded == null) {
      for (int i = from; i < from + count; i++) {
        into[i] = plainNumber();
      }
      return;
    }
    int[] codes = present(count);
    coded.read(codes, 0, count);
    checkCodes(codes, 0, count);
    for (int i = 0; i < count; i++) {
      into[from + i] = dictionaryNumbers[codes[i]];
    }
  }

  /** Room for the codes of those rows of some that have a value. */
  private int[] present(int rows) {
    if (present.length < rows) {
      present = new int[rows];
    }
    return present;
  }

  private void readSparse(RunDecoder levels, int[] into, int from, int rows) {
    if (levelsOfRows.length < rows) {
      levelsOfRows = new int[rows];
    }
    levels.read(levelsOfRows, 0, rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      count += levelsOfRows[i];
    }
    if (count == rows) {
      readPresent(into, from, rows);
      return;
    }
    int[] present = present(count);
    readPresent(present, 0, count);
    int next = 0;
    for (int i = 0; i < rows; i++) {
      into[from + i] = levelsOfRows[i] == 1 ? present[next++] : NULL;
    }
  }

  private void readPresent(int[] into, int from, int count) {
    if (coded != null) {
      coded.read(into, from, count);
      checkCodes(into, from, count);
      return;
    }
    for (int i = from; i < from + count; i++) {
      into[i] = isText ? plainText() : dictionarySize + numbers.of(plainNumber());
    }
  }

  /** A code behind the dictionary would be taken for a value that stands beside it. */
  private void checkCodes(int[] codes, int from, int count) {
    // The sign is set where a code is negative or beyond: one pass without a branch.
    int signs = 0;
    for (int i = from; i < from + count; i++) {
      signs |= codes[i] | dictionarySize - 1 - codes[i];
    }
    if (signs < 0) {
      throw notInDictionary();
    }
  }

  private void checkCode(int code) {
    if (code >= dictionarySize) {
      throw notInDictionary();
    }
  }

  private IllegalArgumentException notInDictionary() {
    return new IllegalArgumentException(
        "column " + this + " has values that are not in its dictionary");
  }

  private long plainNumber() {
    return ofNumber.applyAsLong(isInt ? plain.readInteger() & mask : plain.readLong());
  }

  private int plainText() {
    Binary text = plain.readBytes();
    Integer known = plainTexts.get(text);
    if (known != null) {
      return known;
    }
    plainTexts.put(text.copy(), texts.size());
    texts.add(text.toStringUsingUTF8());
    return texts.size() - 1;
  }

  private void open(DataPage page) {
    left = page.getValueCount();
    allNull = page instanceof DataPageV2 v2 && v2.getNullCount() == left;
    try {
      if (page instanceof DataPageV1 v1) {
        open(v1);
      } else if (page instanceof DataPageV2 v2) {
        open(v2);
      } else {
        throw new IOException("the file has fewer values than rows");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    levels = Optional.empty();
    if (column.getMaxDefinitionLevel() > 0) {
      if (page.getDlEncoding() != Encoding.RLE) {
        throw new IOException("nulls encoded as " + page.getDlEncoding());
      }
      byte[] bytes = in.readNBytes(BytesUtils.readIntLittleEndian(in));
      levels = Optional.of(new RunDecoder(bytes, 0, 1));
    }
    openValues(page.getValueEncoding(), in);
  }

  private void open(DataPageV2 page) throws IOException {
    levels =
        column.getMaxDefinitionLevel() > 0 && page.getNullCount() > 0
            ? Optional.of(new RunDecoder(bytes(page.getDefinitionLevels()), 0, 1))
            : Optional.empty();
    openValues(page.getDataEncoding(), page.getData().toInputStream());
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    return input.toInputStream().readAllBytes();
  }

  private void openValues(Encoding encoding, ByteBufferInputStream in) throws IOException {
    counts = null;
    if (encoding.usesDictionary()) {
      byte[] bytes = in.readAllBytes();
      coded = new RunDecoder(bytes, 1, bytes.length == 0 ? 0 : bytes[0]);
    } else {
      coded = null;
      plain = encoding.getValuesReader(column, ValuesType.VALUES);
      plain.initFromPage(left, in);
    }
  }

  @Override
  public String toString() {
    return String.join(".", column.getPath());
  }
}
