package org.sysretreplay.ingest;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A cursor over the bytes of one line. Every {@code take} method moves past what it took, or leaves
 * the cursor where it was and says so.
 */
public final class TextCursor {

  private final byte[] bytes;
  private final int length;
  private int at;

  public TextCursor(byte[] bytes, int length, int at) {
    this.bytes = bytes;
    this.length = length;
    this.at = at;
  }

  public int at() {
    return at;
  }

  public boolean atEnd() {
    return at >= length;
  }

  public byte peek() {
    return at < length ? bytes[at] : 0;
  }

  public void moveTo(int position) {
    at = position;
  }

  public void skipBlanks() {
    while (at < length && bytes[at] == ' ') {
      at++;
    }
  }

  public boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** A decimal number, with a minus sign before it where {@code signed}. */
  public OptionalLong takeDecimal(boolean signed) {
    int start = at;
    boolean negative = signed && take('-');
    int digits = at;
    long value = 0;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      // Built up below zero, where there is room for Long.MIN_VALUE.
      long grown = value * 10 - (bytes[at] - '0');
      if (value < Long.MIN_VALUE / 10 || grown > value) {
        at = start;
        return OptionalLong.empty();
      }
      value = grown;
      at++;
    }
    if (at == digits || !negative && value == Long.MIN_VALUE) {
      at = start;
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? value : -value);
  }

  /** A hexadecimal number of 1 to 16 lower-case digits, without a prefix. */
  public OptionalLong takeHex() {
    int start = at;
    long value = 0;
    while (at < length && Character.digit(bytes[at], 16) >= 0 && bytes[at] <= 'f') {
      value = value << 4 | Character.digit(bytes[at], 16);
      at++;
    }
    boolean fits = at > start && at - start <= 16;
    at = fits ? at : start;
    return fits ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** Moves behind the next place where the text stands; stays, and says so, where there is none. */
  public boolean moveBehind(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = at; i <= length - wanted.length; i++) {
      if (startsWith(wanted, i)) {
        at = i + wanted.length;
        return true;
      }
    }
    return false;
  }

  /** The text up to the next blank or the end. */
  public String takeWord() {
    int start = at;
    while (at < length && bytes[at] != ' ') {
      at++;
    }
    return text(start, at);
  }

  /** How many bytes of decimal digits follow. */
  public int digits() {
    int end = at;
    while (end < length && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end - at;
  }

  /** Where the text stands last in the line at or behind the cursor, or -1. */
  public int lastIndexOf(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = length - wanted.length; i >= at; i--) {
      if (startsWith(wanted, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean startsWith(byte[] wanted, int position) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[position + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text, which perf writes as the bytes that the kernel has: UTF-8 where it is text at all.
   */
  public String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
