package org.sysretreplay.ingest.perfdata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian fields one after the other. Every read names its field, and throws {@link
 * ShortReadException} if the bytes end before it.
 */
final class ByteCursor {

  private final byte[] bytes;
  private int start;
  private int next;
  private int end;

  /** A cursor over the remaining bytes of a buffer with an array. The buffer keeps its position. */
  ByteCursor(ByteBuffer buffer) {
    this(
        buffer.array(),
        buffer.arrayOffset() + buffer.position(),
        buffer.arrayOffset() + buffer.limit());
  }

  private ByteCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    moveTo(start, end);
  }

  /** A cursor within the array, over no byte yet. */
  static ByteCursor within(byte[] bytes) {
    return new ByteCursor(bytes, 0, 0);
  }

  /** Moves to other bytes of the array: one cursor serves all records of a window. */
  void moveTo(int from, int to) {
    start = from;
    next = from;
    end = to;
  }

  int left() {
    return end - next;
  }

  int position() {
    return next - start;
  }

  long u64(String field) {
    return LittleEndian.u64(bytes, pass(field, Long.BYTES));
  }

  long u32(String field) {
    return Integer.toUnsignedLong(s32(field));
  }

  int s32(String field) {
    return LittleEndian.s32(bytes, pass(field, Integer.BYTES));
  }

  int u8(String field) {
    return Byte.toUnsignedInt(bytes[pass(field, 1)]);
  }

  /** The 64-bit word at a position from the start, which must be there. */
  long at(int position) {
    return LittleEndian.u64(bytes, start + position);
  }

  /** The 32-bit number at a position from the start, which stays unread. */
  long peekU32(String field, int position) {
    if (position + Integer.BYTES > end - start) {
      throw new ShortReadException(field, position + Integer.BYTES, end - start);
    }
    return Integer.toUnsignedLong(LittleEndian.s32(bytes, start + position));
  }

  /** Copies the unread bytes into the buffer. */
  void putRest(ByteBuffer into) {
    into.put(bytes, next, left());
  }

  /** Makes sure that so many units of that size can be left, and gives the count. */
  int count(String field, long value, int unitBytes) {
    if (value < 0 || value > left() / unitBytes) {
      throw ShortReadException.ofUnits(field, value, unitBytes, left());
    }
    return (int) value;
  }

  void skip(String field, long size) {
    next += count(field, size, 1);
  }

  /** Skips {@code count} 64-bit words. */
  void skipWords(String field, long count) {
    skip(field, (long) Long.BYTES * count(field, count, Long.BYTES));
  }

  /**
   * Skips {@code count} fields of 64 bits; if they are too many, fails like a read of the first
   * that is missing.
   */
  void passWords(String field, int count) {
    int left = left();
    if (left < Long.BYTES * count) {
      throw new ShortReadException(field, Long.BYTES, left % Long.BYTES);
    }
    next += Long.BYTES * count;
  }

  /** The next {@code size} bytes as a cursor of their own. */
  ByteCursor take(String field, long size) {
    int from = next;
    skip(field, size);
    return new ByteCursor(bytes, from, next);
  }

  /** Text of a fixed size, up to the first zero byte. */
  String text(String field, long size) {
    int from = next;
    skip(field, size);
    return new String(bytes, from, zeroFrom(from, next) - from, StandardCharsets.UTF_8);
  }

  /** Text that ends at a zero byte. */
  String zeroEnded(String field) {
    int zero = zeroFrom(next, end);
    if (zero == end) {
      throw new ShortReadException(field, left() + 1, left());
    }
    return text(field, zero + 1L - next);
  }

  /** The index of the first zero byte, or {@code to} if there is none. */
  private int zeroFrom(int from, int to) {
    int at = from;
    while (at < to && bytes[at] != 0) {
      at++;
    }
    return at;
  }

  /** A length in 32 bits, then that many bytes of zero-padded text: perf's own string form. */
  String perfString(String field) {
    return text(field, u32(field + " length"));
  }

  /** Skips a field, and gives the index of its first byte. */
  private int pass(String field, int size) {
    if (left() < size) {
      throw new ShortReadException(field, size, left());
    }
    int at = next;
    next += size;
    return at;
  }
}
