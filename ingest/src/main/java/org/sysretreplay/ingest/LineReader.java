package org.sysretreplay.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The lines of a text, as bytes, with a bound on their length. A line ends at a line feed, at a
 * carriage return and line feed, or at the end.
 */
public final class LineReader implements AutoCloseable {

  /** No line of any trace format comes near this. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 1 in every byte. */
  private static final long EVERY_BYTE = 0x0101010101010101L;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;

  private byte[] line = new byte[1 << 10];
  private int length;
  private boolean tooLong;
  private long number;

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end. */
  public boolean advance() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (start < end || fill()) {
      any = true;
      int feed = indexOfLineFeed();
      append(start, feed < 0 ? end : feed);
      start = feed < 0 ? end : feed + 1;
      if (feed >= 0) {
        break;
      }
    }
    if (any) {
      number++;
      if (length > 0 && line[length - 1] == '\r') {
        length--;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    start = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private int indexOfLineFeed() {
    int i = start;
    while (i <= end - Long.BYTES && !hasLineFeed((long) EIGHT_BYTES.get(buffer, i))) {
      i += Long.BYTES;
    }
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i < end ? i : -1;
  }

  /**
   * Whether one of eight bytes is a line feed: looking at all at once finds a line's end sooner.
   */
  private static boolean hasLineFeed(long bytes) {
    long zeroWhereFeed = bytes ^ EVERY_BYTE * '\n';
    return (zeroWhereFeed - EVERY_BYTE & ~zeroWhereFeed & EVERY_BYTE << 7) != 0;
  }

  private void append(int from, int to) {
    int count = Math.min(to - from, MAX_LINE_BYTES - length);
    tooLong |= count < to - from;
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  /** The current line's bytes, from 0 to {@link #length}; valid until the next {@link #advance}. */
  public byte[] bytes() {
    return line;
  }

  /** The current line's length in bytes, without its line end. */
  public int length() {
    return length;
  }

  /** Whether the line was cut off at {@link #MAX_LINE_BYTES}. */
  public boolean tooLong() {
    return tooLong;
  }

  /** The current line's number, from 1. */
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
