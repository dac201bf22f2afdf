package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A cursor over the bytes of one line. Every {@code take} method moves past what it took, or leaves
 * the cursor where it was and says so.
 */
final class ScriptLine {

  private final byte[] bytes;
  private final int length;
  private int at;

  ScriptLine(byte[] bytes, int length, int at) {
    this.bytes = bytes;
    this.length = length;
    this.at = at;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= length;
  }

  byte peek() {
    return at < length ? bytes[at] : 0;
  }

  void moveTo(int position) {
    at = position;
  }

  void skipBlanks() {
    while (at < length && bytes[at] == ' ') {
      at++;
    }
  }

  boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** A decimal number, with a minus sign before it where {@code signed}. */
  OptionalLong takeDecimal(boolean signed) {
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

  /** The text up to the next blank or the end. */
  String takeWord() {
    int start = at;
    while (at < length && bytes[at] != ' ') {
      at++;
    }
    return text(start, at);
  }

  /** How many bytes of decimal digits follow. */
  int digits() {
    int end = at;
    while (end < length && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end - at;
  }

  /** Where the text stands last in the line at or behind the cursor, or -1. */
  int lastIndexOf(String text) {
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
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
