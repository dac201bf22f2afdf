package org.sysretreplay.ingest.perfdata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian fields one after the other. Every read names the field that it wants and
 * throws {@link ShortReadException} where it is not there.
 */
final class ByteCursor {

  private final ByteBuffer bytes;

  /** Over the remaining bytes of the buffer, which keeps its position. */
  ByteCursor(ByteBuffer buffer) {
    bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  int left() {
    return bytes.remaining();
  }

  int position() {
    return bytes.position();
  }

  long u64(String field) {
    require(field, Long.BYTES);
    return bytes.getLong();
  }

  long u32(String field) {
    require(field, Integer.BYTES);
    return Integer.toUnsignedLong(bytes.getInt());
  }

  int s32(String field) {
    require(field, Integer.BYTES);
    return bytes.getInt();
  }

  int u8(String field) {
    require(field, 1);
    return Byte.toUnsignedInt(bytes.get());
  }

  /** The 64-bit word at a position from the start, which the caller knows to be there. */
  long at(int position) {
    return bytes.getLong(position);
  }

  /** The 32-bit number at a position from the start, which stays unread. */
  long peekU32(String field, int position) {
    if (position + Integer.BYTES > bytes.limit()) {
      throw new ShortReadException(field, position + Integer.BYTES, bytes.limit());
    }
    return Integer.toUnsignedLong(bytes.getInt(position));
  }

  /** What is left to read, as a buffer of its own over the same bytes. */
  ByteBuffer rest() {
    return bytes.slice();
  }

  /** A count or a size in bytes that what is left can hold, given the size of one unit. */
  int count(String field, long value, int unitBytes) {
    if (value < 0 || value > left() / unitBytes) {
      throw ShortReadException.ofUnits(field, value, unitBytes, left());
    }
    return (int) value;
  }

  void skip(String field, long size) {
    bytes.position(bytes.position() + count(field, size, 1));
  }

  /** Skips {@code count} 64-bit words. */
  void skipWords(String field, long count) {
    skip(field, (long) Long.BYTES * count(field, count, Long.BYTES));
  }

  /** The next {@code size} bytes as a cursor of their own. */
  ByteCursor take(String field, long size) {
    int length = count(field, size, 1);
    ByteCursor taken = new ByteCursor(bytes.slice(bytes.position(), length));
    bytes.position(bytes.position() + length);
    return taken;
  }

  /** Text of a fixed size, up to the first zero byte. */
  String text(String field, long size) {
    int length = count(field, size, 1);
    int end = 0;
    while (end < length && bytes.get(bytes.position() + end) != 0) {
      end++;
    }
    byte[] text = new byte[end];
    bytes.get(bytes.position(), text);
    bytes.position(bytes.position() + length);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Text that ends at a zero byte. */
  String zeroEnded(String field) {
    int end = bytes.position();
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    if (end == bytes.limit()) {
      throw new ShortReadException(field, end - bytes.position() + 1, left());
    }
    return text(field, end + 1L - bytes.position());
  }

  /** A length in 32 bits, then that many bytes of zero-padded text: perf's own string form. */
  String perfString(String field) {
    return text(field, u32(field + " length"));
  }

  private void require(String field, int size) {
    if (bytes.remaining() < size) {
      throw new ShortReadException(field, size, bytes.remaining());
    }
  }
}
