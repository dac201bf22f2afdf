package org.sysretreplay.ingest.frames;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.sysretreplay.ingest.columnar.HeapBytes;
import org.sysretreplay.ingest.columnar.LongDictionary;
import org.sysretreplay.ingest.frames.FrameColumn.Kind;
import org.sysretreplay.ingest.frames.FrameColumn.Presence;

/**
 * Writes one column of a row group as one page, and chooses its encoding: differences for columns
 * that grow, a dictionary for values that repeat, plain values for the others.
 */
final class ColumnChunkWriter {

  private static final ByteBufferAllocator ALLOCATOR = HeapByteBufferAllocator.getInstance();
  private static final int FIRST_SLAB = 1 << 12;
  private static final int MAX_SLAB = 1 << 26;

  /** A dictionary is used if each value comes at least so often on average. */
  private static final int REPEATS = 3;

  private final ColumnarFrames rows;
  private final int count;
  private final PresentRows present;
  private final CodeBuffer buffer;
  private final FrameColumn column;
  private final ColumnDescriptor descriptor;

  /** A writer for one column of the finder's rows. */
  ColumnChunkWriter(
      ColumnarFrames rows,
      PresentRows.Finder finder,
      FrameColumn column,
      ColumnDescriptor descriptor,
      CodeBuffer buffer) {
    this.buffer = buffer;
    this.rows = rows;
    this.column = column;
    this.descriptor = descriptor;
    count = finder.order().length;
    present = finder.find(column);
  }

  void writeTo(PageWriter page) throws IOException {
    Statistics<?> statistics = Statistics.createStats(descriptor.getPrimitiveType());
    statistics.incrementNumNulls(present.nulls());
    if (isGrowing()) {
      try (ValuesWriter values =
          new DeltaBinaryPackingValuesWriterForLong(FIRST_SLAB, MAX_SLAB, ALLOCATOR)) {
        write(page, values, statistics);
      }
      return;
    }
    LongDictionary codes = new LongDictionary();
    int[] coded = buffer.ofLength(present.rows().length);
    if (codeAll(coded, codes)) {
      writeCoded(page, coded, codes, statistics);
    } else {
      try (ValuesWriter plain = new PlainValuesWriter(FIRST_SLAB, MAX_SLAB, ALLOCATOR)) {
        write(page, plain, statistics);
      }
    }
  }

  /** Codes all values; gives up, and is false, if they are numbers that do not repeat. */
  private boolean codeAll(int[] coded, LongDictionary codes) {
    int[] with = present.rows();
    int most = column.kind() == Kind.NUMBER ? with.length / REPEATS : with.length;
    long[][] blocks = rows.blocks(column);
    for (int i = 0; i < with.length && codes.size() <= most; i++) {
      coded[i] = codes.of(ColumnarFrames.value(blocks, with[i]));
    }
    return codes.size() <= most;
  }

  private boolean isGrowing() {
    return column == FrameColumn.SEQ || column == FrameColumn.TS_NS;
  }

  private void write(PageWriter page, ValuesWriter to, Statistics<?> statistics)
      throws IOException {
    long[][] blocks = rows.blocks(column);
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int row : present.rows()) {
      long value = ColumnarFrames.value(blocks, row);
      to.writeLong(value);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (present.nulls() < count) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
    writePage(page, to.getEncoding(), to.getBytes(), statistics);
  }

  private void writeCoded(
      PageWriter page, int[] coded, LongDictionary codes, Statistics<?> statistics)
      throws IOException {
    try (ValuesWriter dictionary = new PlainValuesWriter(FIRST_SLAB, MAX_SLAB, ALLOCATOR)) {
      for (int code = 0; code < codes.size(); code++) {
        writeEntry(codes.value(code), dictionary, statistics);
      }
      int width = BytesUtils.getWidthFromMaxInt(Math.max(0, codes.size() - 1));
      BytesInput data =
          BytesInput.concat(
              BytesInput.from(new byte[] {(byte) width}),
              encoded(coded, present.rows().length, codes.size(), width));
      writePage(page, Encoding.RLE_DICTIONARY, data, statistics);
      page.writeDictionaryPage(
          new DictionaryPage(dictionary.getBytes(), codes.size(), Encoding.PLAIN));
    }
  }

  private static BytesInput encoded(int[] coded, int length, int codes, int width)
      throws IOException {
    if (codes <= 1) {
      return length == 0 ? BytesInput.empty() : run(length, 0, width);
    }
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, FIRST_SLAB, MAX_SLAB, ALLOCATOR)) {
      for (int i = 0; i < length; i++) {
        encoder.writeInt(coded[i]);
      }
      return BytesInput.from(HeapBytes.of(encoder.toBytes()));
    }
  }

  private void writeEntry(long value, ValuesWriter dictionary, Statistics<?> statistics) {
    switch (column.kind()) {
      case NUMBER -> {
        dictionary.writeLong(value);
        statistics.updateStats(value);
      }
      case TEXT -> {
        Binary text = Binary.fromString(rows.text(value));
        dictionary.writeBytes(text);
        statistics.updateStats(text);
      }
    }
  }

  /** Columns with a value in every row need no definition levels. */
  private void writePage(
      PageWriter page, Encoding encoding, BytesInput data, Statistics<?> statistics)
      throws IOException {
    BytesInput levels =
        column.presence() == Presence.ALWAYS ? BytesInput.empty() : present.levels();
    page.writePageV2(
        count, present.nulls(), count, BytesInput.empty(), levels, encoding, data, statistics);
  }

  /**
   * One value, {@code length} times, in the bytes that the encoder would write if it got the values
   * one by one (benchmark StoreWrite).
   */
  static BytesInput run(int length, int value, int width) {
    BytesInput header = BytesInput.fromUnsignedVarInt(length << 1);
    return width == 0
        ? header
        : BytesInput.concat(header, BytesInput.from(new byte[] {(byte) value}));
  }
}
