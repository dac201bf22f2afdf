package org.sysretreplay.ingest.store;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Decodes Parquet's mixture of runs and packed groups of eight into an array, many values at a
 * time: the library's own decoder gives one at a call, which takes four times as long (benchmark
 * Decode).
 */
final class RunDecoder {

  private static final int GROUP = 8;

  private final byte[] bytes;
  private final int width;
  private final BytePacker packer;
  private final int[] group = new int[GROUP];
  private int at;
  private int repeats;
  private int repeated;
  private int packed;

  /** How many values of {@link #group}, at its end, are still to be given. */
  private int inGroup;

  /**
   * The values in some bytes.
   *
   * @param bytes with the values from {@code at} on
   * @param width how many bits a value has, 0 to 32
   */
  RunDecoder(byte[] bytes, int at, int width) {
    // A group at the end may be cut off behind its last value.
    this.bytes = Arrays.copyOf(bytes, bytes.length + width);
    this.at = at;
    this.width = width;
    packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
  }

  /** Puts the next values into the array. */
  void read(int[] into, int from, int count) {
    int to = from + count;
    int next = from;
    while (next < to) {
      if (repeats == 0 && packed == 0 && inGroup == 0) {
        readHeader();
      }
      next = repeats > 0 ? repeat(into, next, to) : unpack(into, next, to);
    }
  }

  private void readHeader() {
    int header = varint();
    if ((header & 1) == 0) {
      repeats = header >>> 1;
      repeated = value();
    } else {
      packed = (header >>> 1) * GROUP;
      if (packed < 0) {
        throw new IllegalArgumentException("more packed values than there can be");
      }
    }
  }

  private int varint() {
    int value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  private int value() {
    int value = 0;
    for (int shift = 0; shift < width; shift += Byte.SIZE) {
      value |= (bytes[at++] & 0xff) << shift;
    }
    return value;
  }

  private int repeat(int[] into, int from, int to) {
    int end = Math.min(to, from + repeats);
    Arrays.fill(into, from, end, repeated);
    repeats -= end - from;
    return end;
  }

  private int unpack(int[] into, int from, int to) {
    int next = fromGroup(into, from, to);
    while (packed > 0 && next + GROUP <= to) {
      unpack8(into, next);
      at += width;
      packed -= GROUP;
      next += GROUP;
    }
    if (packed > 0 && next < to) {
      unpack8(group, 0);
      at += width;
      packed -= GROUP;
      inGroup = GROUP;
      next = fromGroup(into, next, to);
    }
    return next;
  }

  /** Out of the array, which is deprecated: out of a buffer it takes twice as long. */
  @SuppressWarnings("deprecation")
  private void unpack8(int[] into, int next) {
    packer.unpack8Values(bytes, at, into, next);
  }

  private int fromGroup(int[] into, int from, int to) {
    int count = Math.min(inGroup, to - from);
    System.arraycopy(group, GROUP - inGroup, into, from, count);
    inGroup -= count;
    return from + count;
  }
}
