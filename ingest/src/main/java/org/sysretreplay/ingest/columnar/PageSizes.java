package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;

/**
 * Checks the sizes that a page claims against its bytes, because memory is allocated by the claims.
 */
final class PageSizes {

  /** Any page may have this size, however small it is compressed. */
  private static final long FREE_BYTES = 1 << 26;

  /** The largest block that is accepted. Writers make blocks of 128 to 2,048 differences. */
  private static final int MAX_BLOCK = 1 << 16;

  /**
   * The most differences per byte. A block takes some bytes, even if all of its differences are
   * equal.
   */
  private static final long MAX_PER_BYTE = 1 << 10;

  private PageSizes() {}

  /**
   * Makes sure that a page may be decompressed.
   *
   * @param ratio how many times its compressed size it may have, if it is large
   * @throws IOException if it is larger
   */
  static void check(int packedBytes, int size, long ratio) throws IOException {
    if (size < 0) {
      throw new IOException("a page has the size " + size);
    }
    if (size > Math.max(FREE_BYTES, packedBytes * (double) ratio)) {
      throw new OversizedPageException(
          "a page of %,d bytes says that it holds %,d, over %,d times as many"
              .formatted(packedBytes, size, ratio));
    }
  }

  /**
   * Makes sure that a page of differences can hold as many as it claims; does nothing for other
   * encodings.
   *
   * @throws IOException if it cannot
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
          throw new OversizedPageException(
              "a page of %,d bytes says that it holds %,d differences".formatted(bytes, total));
        }
      }
      default -> {
        // The decoders of other encodings allocate as they read.
      }
    }
  }
}
