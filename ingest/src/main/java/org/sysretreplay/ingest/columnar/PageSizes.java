package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;

/** What a page says of sizes, held against what it is made of: memory is taken by what it says. */
final class PageSizes {

  /** So much may be made of any page. */
  private static final long FREE_BYTES = 1 << 26;

  /** Writers have blocks of 128 to 2,048 differences. */
  private static final int MAX_BLOCK = 1 << 16;

  /** A block takes some bytes, however alike its differences are. */
  private static final long MAX_PER_BYTE = 1 << 10;

  private PageSizes() {}

  /**
   * Makes sure that a page may be unpacked.
   *
   * @param ratio how many times as large as it is packed it may be, if it is large
   * @throws IOException where it may not
   */
  static void check(int packedBytes, int size, long ratio) throws IOException {
    if (size < 0) {
      throw new IOException("a page has the size " + size);
    }
    if (size > Math.max(FREE_BYTES, packedBytes * (double) ratio)) {
      throw new HugePageException(
          "a page of %,d bytes says that it holds %,d, over %,d times as many"
              .formatted(packedBytes, size, ratio));
    }
  }

  /**
   * Makes sure that a page holds about as many differences as it says, if it is one of differences.
   *
   * @throws IOException where it does not
   */
  static void checkDifferences(Encoding encoding, ByteBufferInputStream page) throws IOException {
    switch (encoding) {
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
        long bytes = page.available();
        page.mark(Integer.MAX_VALUE);
        int block = BytesUtils.readUnsignedVarInt(page);
        int parts = BytesUtils.readUnsignedVarInt(page);
        int total = BytesUtils.readUnsignedVarInt(page);
        page.reset();
        if (block <= 0 || block > MAX_BLOCK || parts <= 0 || total < 0) {
          throw new IOException("a page has differences in blocks of " + block);
        }
        if (total > 1 + bytes * MAX_PER_BYTE) {
          throw new HugePageException(
              "a page of %,d bytes says that it holds %,d differences".formatted(bytes, total));
        }
      }
      default -> {
        // The others take memory as they go.
      }
    }
  }
}
