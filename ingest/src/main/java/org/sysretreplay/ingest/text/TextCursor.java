package org.sysretreplay.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A cursor over the bytes of one line. Every {@code take} method moves past what it took, or leaves
 * the cursor where it was and says so.
 */
public final class TextCursor {

  private static final int MAX_HEX_DIGITS = 16;

  /** The value of each byte as a hexadecimal digit, or -1: a table is faster than comparisons. */
  private static final byte[] HEX = new byte[1 << Byte.SIZE];

  static {
    for (int i = 0; i < HEX.length; i++) {
      HEX[i] = (byte) (i <= 'f' ? Character.digit(i, 16) : -1);
    }
  }

  private final byte[] bytes;
  private final int length;
  private int at;
  private long number;

  /** A cursor at that position, over the bytes before {@code length}. */
  public TextCursor(byte[] bytes, int length, int at) {
    this.bytes = bytes;
    this.length = length;
    this.at = at;
  }

  /** The position in the array. */
  public int at() {
    return at;
  }

  public boolean atEnd() {
    return at >= length;
  }

  /** The next byte, which is not taken; 0 at the end. */
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

  /** Takes this byte if it comes next. */
  public boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** Takes these bytes if they come next. */
  public boolean take(byte[] expected) {
    boolean there = at <= length - expected.length && startsWith(expected, at);
    at = there ? at + expected.length : at;
    return there;
  }

  /** The number that was taken last. */
  public long number() {
    return number;
  }

  /**
   * Takes a decimal number, with a minus sign before it if {@code signed}; empty if there is none.
   */
  public OptionalLong takeDecimal(boolean signed) {
    return takesDecimal(signed) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /**
   * Takes a decimal number, which is then {@link #number}, without allocating. Says whether there
   * was one.
   */
  public boolean takesDecimal(boolean signed) {
    int start = at;
    boolean negative = signed && take('-');
    int digits = at;
    long value = 0;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      // Built up below zero, where there is room for Long.MIN_VALUE.
      long grown = value * 10 - (bytes[at] - '0');
      if (value < Long.MIN_VALUE / 10 || grown > value) {
        at = start;
        return false;
      }
      value = grown;
      at++;
    }
    if (at == digits || !negative && value == Long.MIN_VALUE) {
      at = start;
      return false;
    }
    number = negative ? value : -value;
    return true;
  }

  /** Takes a hexadecimal number of 1 to 16 digits, without a prefix; empty if there is none. */
  public OptionalLong takeHex() {
    return takesHex() ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /**
   * Takes a hexadecimal number, which is then {@link #number}, without allocating. Says whether
   * there was one.
   */
  public boolean takesHex() {
    int start = at;
    long value = 0;
    while (at < length && HEX[bytes[at] & 0xff] >= 0) {
      value = value << 4 | HEX[bytes[at] & 0xff];
      at++;
    }
    boolean fits = at > start && at - start <= MAX_HEX_DIGITS;
    at = fits ? at : start;
    number = fits ? value : number;
    return fits;
  }

  /**
   * Takes the rest of the word if it is {@code 0x} and 1 to 16 digits, which are then {@link
   * #number}.
   */
  public boolean takesPrefixedHex() {
    int start = at;
    boolean fits =
        take('0') && (take('x') || take('X')) && takesHex() && (atEnd() || bytes[at] == ' ');
    at = fits ? at : start;
    return fits;
  }

  /**
   * Moves behind the next occurrence of the text. Returns false and stays where it is if there is
   * none.
   */
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

  /** Takes the text up to the next blank or the end. */
  public String takeWord() {
    int start = at;
    skipWord();
    return text(start, at);
  }

  /** Takes the text up to the next blank or the end, and looks its meaning up in the cache. */
  public <T> T takeWord(WordCache<T> words) {
    int start = at;
    skipWord();
    return words.get(bytes, start, at);
  }

  private void skipWord() {
    while (at < length && bytes[at] != ' ') {
      at++;
    }
  }

  /**
   * Takes the bytes before the next {@code end} byte of the word, and that byte too. Gives the
   * bytes packed into one number, the first one highest. Returns -1 and stays where it is if there
   * are none or more than 7 of them, if the first one is zero, or if the word has no such byte.
   */
  public long takePacked(char end) {
    long packed = 0;
    int limit = Math.min(length, at + Long.BYTES);
    for (int i = at; i < limit && bytes[i] != ' '; i++) {
      if (bytes[i] == end) {
        boolean any = i > at && bytes[at] != 0;
        at = any ? i + 1 : at;
        return any ? packed : -1;
      }
      packed = packed << Byte.SIZE | bytes[i] & 0xff;
    }
    return -1;
  }

  /** How many decimal digits come next. */
  public int digits() {
    int end = at;
    while (end < length && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end - at;
  }

  /**
   * Moves behind the last occurrence of the bytes. Returns false and stays where it is if there is
   * none.
   */
  public boolean moveBehindLast(byte[] wanted) {
    for (int i = length - wanted.length; i >= at; i--) {
      if (startsWith(wanted, i)) {
        at = i + wanted.length;
        return true;
      }
    }
    return false;
  }

  /** Whether a colon and a blank behind it stand between the two positions. */
  boolean hasColonAndBlank(int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (bytes[i] == ':' && bytes[i + 1] == ' ') {
        return true;
      }
    }
    return false;
  }

  /** The position behind the line. */
  public int end() {
    return length;
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
   * The text between two positions. perf writes the kernel's own bytes, which are UTF-8 if they are
   * text at all.
   */
  public String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
