package org.sysretreplay.ingest.text;

import java.io.IOException;

/**
 * Whole lines of a text, one after the other. A line ends at a line feed, at a carriage return and
 * line feed, or at the end.
 */
final class LineBlock {

  /** No line of a trace format is nearly as long. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private final byte[] bytes;
  private final int limit;
  private final boolean last;
  private final IOException damage;
  private long number;
  private int next;
  private int start;
  private int end;

  /**
   * The lines in the first {@code limit} bytes.
   *
   * @param linesBefore how many lines of the text stand before them
   * @param last whether the text ends behind them, or cannot be read any further
   * @param damage why the decompressor could not go on behind these lines; null if nothing is
   *     damaged
   */
  LineBlock(byte[] bytes, int limit, long linesBefore, boolean last, IOException damage) {
    this.bytes = bytes;
    this.limit = limit;
    this.last = last;
    this.damage = damage;
    number = linesBefore;
  }

  /** Moves to the next line; false at the end. */
  boolean advance() {
    if (next == limit) {
      return false;
    }
    number++;
    start = next;
    end = LineFeeds.first(bytes, start, limit);
    next = Math.min(limit, end + 1);
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    return true;
  }

  /** The array that holds the lines. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the current line begins. */
  int start() {
    return start;
  }

  /** Where the current line ends, without its line end. */
  int end() {
    return end;
  }

  /** Whether the line is too long to be one of a trace; its end may then be missing. */
  boolean isTooLong() {
    return end - start > MAX_LINE_BYTES;
  }

  /** Bytes of zero are not blank: they are what a file has where its content was lost. */
  boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (bytes[i] > ' ' || bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the text ends within this line: no line feed follows, so that it may have gone on. A
   * text of one line that lacks it was written by hand.
   */
  boolean isCutOff() {
    return next == limit && bytes[limit - 1] != '\n' && number > 1;
  }

  /** How many bytes the lines have together. */
  int length() {
    return limit;
  }

  /** Whether the text ends behind these lines. */
  boolean isLast() {
    return last;
  }

  /** The current line's number, from 1. */
  long number() {
    return number;
  }

  /** Why the decompressor could not go on behind the last line; null if nothing is damaged. */
  IOException damage() {
    return damage;
  }
}
