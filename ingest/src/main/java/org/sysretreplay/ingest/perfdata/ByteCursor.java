package org.sysretreplay.ingest.perfdata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian fields one after the other. Every read names the field that it wants and
 * throws {@link ShortReadException} where it is not there.
 */
final class ByteCursor {

  private final byte[] bytes;
  private int start;
  private int next;
  private int end;

  /** Over the remaining bytes of a buffer that has an array; it keeps its position. */
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

  /** Over no byte yet of the array. */
  static ByteCursor within(byte[] bytes) {
    return new ByteCursor(bytes, 0, 0);
  }

  /** Goes to other bytes of its array: one cursor serves all records of a window. */
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
    return RawNumbers.u64(bytes, pass(field, Long.BYTES));
  }

  long u32(String field) {
    return Integer.toUnsignedLong(s32(field));
  }

  int s32(String field) {
    return RawNumbers.s32(bytes, pass(field, Integer.BYTES));
  }

  int u8(String field) {
    return Byte.toUnsignedInt(bytes[pass(field, 1)]);
  }

  /** The 64-bit word at a position from the start, which the caller knows to be there. */
  long at(int position) {
    return RawNumbers.u64(bytes, start + position);
  }

  /** The 32-bit number at a position from the start, which stays unread. */
  long peekU32(String field, int position) {
    if (position + Integer.BYTES > end - start) {
      throw new ShortReadException(field, position + Integer.BYTES, end - start);
    }
    return Integer.toUnsignedLong(RawNumbers.s32(bytes, start + position));
  }

  /** Puts what is left to read into the buffer. */
  void putRest(ByteBuffer into) {
    into.put(bytes, next, left());
  }

  /** A count or a size in bytes that what is left can hold, given the size of one unit. */
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

  /** Passes over {@code count} fields of 64 bits, as if each was read. */
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

  /** Where the first zero byte stands, or {@code to} where there is none. */
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

  /** Passes over a field, and gives where it begins. */
  private int pass(String field, int size) {
    if (left() < size) {
      throw new ShortReadException(field, size, left());
    }
    int at = next;
    next += size;
    return at;
  }
}
