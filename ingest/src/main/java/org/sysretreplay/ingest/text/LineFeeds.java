package org.sysretreplay.ingest.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds and counts line feeds, eight bytes at a time, because every byte of a text goes through
 * here.
 */
final class LineFeeds {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EIGHT_FEEDS = 0x0101010101010101L * '\n';

  /** All bits but the highest of every byte. */
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  private LineFeeds() {}

  /** The index of the first line feed, or {@code to} if there is none. */
  static int first(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long feeds = feeds(bytes, at);
      if (feeds != 0) {
        return at + Long.numberOfTrailingZeros(feeds) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** The index of the last line feed, or -1 if there is none. */
  static int last(byte[] bytes, int from, int to) {
    int at = to - 1;
    while (at >= from && bytes[at] != '\n') {
      at--;
    }
    return at < from ? -1 : at;
  }

  /** The number of line feeds. */
  static int count(byte[] bytes, int from, int to) {
    int count = 0;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      count += Long.bitCount(feeds(bytes, at));
    }
    for (; at < to; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
    }
    return count;
  }

  /**
   * Marks the line feeds among eight bytes: the highest bit of each is set, and all other bits are
   * clear.
   */
  private static long feeds(byte[] bytes, int at) {
    long zeroWhereFeed = (long) EIGHT_BYTES.get(bytes, at) ^ EIGHT_FEEDS;
    return ~((zeroWhereFeed & LOW_BITS) + LOW_BITS | zeroWhereFeed | LOW_BITS);
  }
}
