package org.sysretreplay.ingest.frames;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.sysretreplay.ingest.columnar.HeapBytes;
import org.sysretreplay.ingest.frames.FrameColumn.Presence;

/**
 * The rows in which a column has a value.
 *
 * @param rows these rows, in the order in which rows are written
 * @param nulls how many rows have no value
 * @param levels Parquet's definition levels, which say for each row whether it has a value
 */
record PresentRows(int[] rows, int nulls, BytesInput levels) {

  private static final int FIRST_SLAB = 1 << 12;
  private static final int MAX_SLAB = 1 << 26;

  /**
   * Finds them for every column of a row group. Many columns lack values in the same rows, such as
   * the recorded registers: their rows are found, and their levels encoded, only once (benchmark
   * StoreWrite).
   */
  static final class Finder {

    private final ColumnarFrames of;
    private final int[] order;
    private final Map<Key, PresentRows> found = new ConcurrentHashMap<>();

    private record Key(BitSet unusual, boolean rare) {}

    /**
     * @param order the rows in the order in which they are written; at least one
     */
    Finder(ColumnarFrames of, int[] order) {
      this.of = of;
      this.order = order;
    }

    /** All rows, in the order in which they are written. */
    int[] order() {
      return order;
    }

    PresentRows find(FrameColumn column) {
      boolean rare = column.presence() == Presence.RARE;
      return found.computeIfAbsent(
          new Key(of.unusual(column), rare), unused -> find(of.nulls(column)));
    }

    /** Finds the rows that are not among these bits. */
    private PresentRows find(long[] nulls) {
      int[] present = nulls.length == 0 ? order : present(nulls);
      int missing = order.length - present.length;
      return new PresentRows(present, missing, levels(nulls, missing));
    }

    private int[] present(long[] nulls) {
      int[] present = new int[order.length];
      int count = 0;
      for (int row : order) {
        if (isPresent(row, nulls)) {
          present[count++] = row;
        }
      }
      return Arrays.copyOf(present, count);
    }

    private static boolean isPresent(int row, long[] nulls) {
      return (nulls[row / Long.SIZE] >>> row & 1) == 0;
    }

    private BytesInput levels(long[] nulls, int missing) {
      if (missing == 0 || missing == order.length) {
        return ColumnChunkWriter.run(order.length, missing == 0 ? 1 : 0, 1);
      }
      try (RunLengthBitPackingHybridEncoder levels =
          new RunLengthBitPackingHybridEncoder(
              1, FIRST_SLAB, MAX_SLAB, HeapByteBufferAllocator.getInstance())) {
        for (int row : order) {
          levels.writeInt(isPresent(row, nulls) ? 1 : 0);
        }
        return BytesInput.from(HeapBytes.of(levels.toBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
    }
  }
}
