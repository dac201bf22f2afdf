package org.sysretreplay.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Columns of pages of every kind, which Parquet's library encodes. */
class ColumnCursorTest {

  private static final ByteBufferAllocator ALLOCATOR = HeapByteBufferAllocator.getInstance();
  private static final int SLAB = 1 << 20;

  /** The first number of the dictionary, so that no number is its own code. */
  private static final long FIRST = 1_000;

  private static final int DICTIONARY = 9;
  private static final int WIDTH = BytesUtils.getWidthFromMaxInt(DICTIONARY - 1);

  /** A column's pages, and the values of its rows; null for none. */
  private record Column(ColumnDescriptor descriptor, List<DataPage> pages, List<Long> values) {

    ColumnCursor cursor() {
      Iterator<DataPage> next = pages.iterator();
      return new ColumnCursor(
          descriptor,
          new PageReader() {
            @Override
            public DictionaryPage readDictionaryPage() {
              return dictionary();
            }

            @Override
            public long getTotalValueCount() {
              return values.size();
            }

            @Override
            public DataPage readPage() {
              return next.next();
            }
          },
          LongUnaryOperator.identity());
    }
  }

  private static DictionaryPage dictionary() {
    ByteBuffer bytes = ByteBuffer.allocate(DICTIONARY * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, DICTIONARY).forEach(code -> bytes.putLong(FIRST + code));
    return new DictionaryPage(BytesInput.from(bytes.array()), DICTIONARY, Encoding.PLAIN);
  }

  private static ColumnDescriptor descriptor(boolean optional) {
    MessageType schema =
        new MessageType(
            "frames",
            (optional
                    ? Types.optional(PrimitiveTypeName.INT64)
                    : Types.required(PrimitiveTypeName.INT64))
                .named("frame_class"));
    return schema.getColumns().get(0);
  }

  private static Column column(Random random) throws IOException {
    boolean optional = random.nextBoolean();
    List<DataPage> pages = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int page = random.nextInt(5); page >= 0; page--) {
      boolean plain = random.nextInt(3) == 0;
      List<Long> values = values(random, optional, plain);
      pages.add(page(random.nextBoolean(), optional, plain, values));
      all.addAll(values);
    }
    return new Column(descriptor(optional), pages, all);
  }

  /** Runs of random lengths; of some pages all are null, of some none, and some are empty. */
  private static List<Long> values(Random random, boolean optional, boolean plain) {
    int rows = random.nextInt(5) == 0 ? 0 : random.nextInt(random.nextInt(8) == 0 ? 40_000 : 300);
    int nulls = optional ? random.nextInt(3) : 0;
    List<Long> values = new ArrayList<>();
    while (values.size() < rows) {
      boolean isNull = nulls == 2 || nulls == 1 && random.nextInt(3) == 0;
      long known = FIRST + random.nextInt(DICTIONARY);
      Long value = plain && random.nextInt(9) == 0 ? Long.valueOf(known * 5) : known;
      int length = 1 + random.nextInt(random.nextInt(3) == 0 ? 2_000 : 6);
      for (int i = 0; i < length && values.size() < rows; i++) {
        values.add(isNull ? null : value);
      }
    }
    return values;
  }

  private static DataPage page(boolean old, boolean optional, boolean plain, List<Long> values)
      throws IOException {
    int[] levels = values.stream().mapToInt(it -> it == null ? 0 : 1).toArray();
    byte[] levelBytes = encoded(1, levels);
    byte[] valueBytes = plain ? plain(values) : coded(values);
    Encoding encoding = plain ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
    Statistics<?> none =
        Statistics.getBuilderForReading(descriptor(optional).getPrimitiveType()).build();
    int rows = values.size();
    if (old) {
      BytesInput bytes =
          optional
              ? BytesInput.concat(
                  BytesInput.fromInt(levelBytes.length),
                  BytesInput.from(levelBytes),
                  BytesInput.from(valueBytes))
              : BytesInput.from(valueBytes);
      BytesInput whole = BytesInput.from(bytes(bytes));
      return new DataPageV1(
          whole, rows, (int) whole.size(), none, Encoding.RLE, Encoding.RLE, encoding);
    }
    return new DataPageV2(
        rows,
        rows - Arrays.stream(levels).sum(),
        rows,
        BytesInput.empty(),
        BytesInput.from(levelBytes),
        encoding,
        BytesInput.from(valueBytes),
        levelBytes.length + valueBytes.length,
        none,
        false);
  }

  private static byte[] encoded(int width, int[] values) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, SLAB, ALLOCATOR)) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      return bytes(encoder.toBytes());
    }
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    return input.toInputStream().readAllBytes();
  }

  private static byte[] plain(List<Long> values) throws IOException {
    try (PlainValuesWriter writer = new PlainValuesWriter(64, SLAB, ALLOCATOR)) {
      for (Long value : values) {
        if (value != null) {
          writer.writeLong(value);
        }
      }
      return bytes(writer.getBytes());
    }
  }

  private static byte[] coded(List<Long> values) throws IOException {
    int[] codes =
        values.stream().filter(it -> it != null).mapToInt(it -> (int) (it - FIRST)).toArray();
    return bytes(
        BytesInput.concat(
            BytesInput.from(new byte[] {(byte) WIDTH}), BytesInput.from(encoded(WIDTH, codes))));
  }

  /** However many rows are read at once, as codes or as runs. */
  @Property(tries = 300)
  void givesEveryRowOnce(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Column column = column(random);
    ColumnCursor cursor = column.cursor();
    List<Long> read = new ArrayList<>();
    int left = column.values().size();
    while (left > 0) {
      int rows = Math.min(left, 1 + random.nextInt(random.nextInt(3) == 0 ? 40_000 : 500));
      if (random.nextInt(4) == 0) {
        int[] codes = new int[rows];
        cursor.readCodes(codes, rows);
        Arrays.stream(codes).forEach(code -> read.add(value(cursor, code)));
      } else {
        cursor.readRuns(
            rows,
            (code, length) -> {
              assertThat(length).isPositive();
              IntStream.range(0, length).forEach(i -> read.add(value(cursor, code)));
            });
      }
      left -= rows;
    }
    assertThat(read).isEqualTo(column.values());
  }

  private static Long value(ColumnCursor cursor, int code) {
    return code == ColumnCursor.NULL ? null : cursor.number(code);
  }

  /** Codes of 32 bits may be negative, and must not pass for rows without a value. */
  @Test
  void refusesRunsOfCodesThatAreNotInTheDictionary() {
    for (byte code : new byte[] {DICTIONARY, -1, -5}) {
      byte sign = (byte) (code >> 7);
      byte[] run = {Integer.SIZE, 5 << 1, code, sign, sign, sign};
      DataPage page =
          new DataPageV1(
              BytesInput.from(run),
              5,
              run.length,
              Statistics.getBuilderForReading(descriptor(false).getPrimitiveType()).build(),
              Encoding.RLE,
              Encoding.RLE,
              Encoding.RLE_DICTIONARY);
      Column column = new Column(descriptor(false), List.of(page), List.of(1L, 1L, 1L, 1L, 1L));
      assertThatThrownBy(() -> column.cursor().readRuns(5, (value, length) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column frame_class has values that are not in its dictionary");
      assertThatThrownBy(() -> column.cursor().readCodes(new int[5], 5))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
