package org.sysretreplay.ingest.columnar;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;

/**
 * Copies what a Parquet encoder made into one array, once. The encoder's own ways either copy it
 * twice or write through a channel, which an interrupt closes.
 */
public final class HeapBytes {

  private HeapBytes() {}

  /** All of the bytes, in an array of their size. */
  public static byte[] of(BytesInput made) {
    ByteBuffer copy = made.toByteBuffer(HeapByteBufferAllocator.getInstance(), unused -> {});
    if (copy.hasArray() && copy.array().length == copy.remaining()) {
      return copy.array();
    }
    byte[] bytes = new byte[copy.remaining()];
    copy.get(bytes);
    return bytes;
  }
}
