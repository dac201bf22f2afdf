package org.sysretreplay.ingest.columnar;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Decodes Parquet's hybrid of runs and bit-packed groups of eight, into an array or into counts. It
 * decodes many values at a call; the library's own decoder gives one at a call and takes four times
 * as long (benchmark Decode).
 */
public final class RunDecoder {

  private static final int GROUP = 8;

  private final byte[] bytes;
  private final int width;
  private final BytePacker packer;
  private final int[] group = new int[GROUP];
  private int at;
  private int repeats;
  private int repeated;
  private int packed;

  /** How many values at the end of {@link #group} were not given yet. */
  private int inGroup;

  /**
   * A decoder at the start of some encoded values.
   *
   * @param bytes the array that holds the values from {@code at} on
   * @param width how many bits a value has, 0 to 32
   */
  public RunDecoder(byte[] bytes, int at, int width) {
    // The last group may end behind its last value; zeros follow.
    this.bytes = Arrays.copyOf(bytes, bytes.length + Math.max(width, Long.BYTES));
    this.at = at;
    this.width = width;
    packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
  }

  /** How many bits a value has. */
  int width() {
    return width;
  }

  /** Puts the next values into the array. */
  public void read(int[] into, int from, int count) {
    int to = from + count;
    int next = from;
    while (next < to) {
      beginRun();
      next = repeats > 0 ? repeat(into, next, to) : unpack(into, next, to);
    }
  }

  /**
   * Counts the next values instead of giving them.
   *
   * @param into the counts, for values of the same width
   */
  public void count(int count, ValueCounts into) {
    int left = count;
    while (left > 0) {
      beginRun();
      left -= repeats > 0 ? countRepeat(left, into) : countPacked(left, into);
    }
  }

  /** Takes runs of equal values in their order; a run may come in parts. */
  public interface Runs {
    void take(int value, int count);
  }

  /** Gives the next values as runs, which costs nothing for each value of a repeated one. */
  public void readRuns(int count, Runs to) {
    int left = count;
    while (left > 0) {
      beginRun();
      left -= repeats > 0 ? giveRepeat(left, to) : givePacked(left, to);
    }
  }

  private int giveRepeat(int limit, Runs to) {
    int count = Math.min(repeats, limit);
    to.take(repeated, count);
    repeats -= count;
    return count;
  }

  private int givePacked(int limit, Runs to) {
    if (inGroup == 0) {
      fillGroup();
    }
    int first = GROUP - inGroup;
    int count = Math.min(inGroup, limit);
    giveRuns(group, first, first + count, to);
    inGroup -= count;
    return count;
  }

  /** Gives values of an array as runs. */
  static void giveRuns(int[] values, int from, int to, Runs runs) {
    int start = from;
    for (int i = from + 1; i < to; i++) {
      if (values[i] != values[start]) {
        runs.take(values[start], i - start);
        start = i;
      }
    }
    if (start < to) {
      runs.take(values[start], to - start);
    }
  }

  private int countRepeat(int limit, ValueCounts into) {
    int count = Math.min(repeats, limit);
    into.add(repeated, count);
    repeats -= count;
    return count;
  }

  private int countPacked(int limit, ValueCounts into) {
    if (inGroup == 0 && limit >= GROUP && into.takesPacked()) {
      int groups = Math.min(packed, limit) / GROUP;
      into.addPacked(bytes, at, groups);
      at += groups * width;
      packed -= groups * GROUP;
      return groups * GROUP;
    }
    if (inGroup == 0) {
      fillGroup();
    }
    int count = Math.min(inGroup, limit);
    for (int i = GROUP - inGroup; i < GROUP - inGroup + count; i++) {
      into.add(group[i], 1);
    }
    inGroup -= count;
    return count;
  }

  /** Goes on to the next run where this one is given; there may be empty ones. */
  private void beginRun() {
    while (repeats == 0 && packed == 0 && inGroup == 0) {
      readHeader();
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
        throw new ColumnException("more packed values than there can be");
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
      fillGroup();
      next = fromGroup(into, next, to);
    }
    return next;
  }

  private void fillGroup() {
    unpack8(group, 0);
    at += width;
    packed -= GROUP;
    inGroup = GROUP;
  }

  /** Unpacks from the array by a deprecated method: from a buffer it takes twice as long. */
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
