package org.sysretreplay.ingest.text;

import java.util.OptionalLong;

/** Register values written as text. */
public final class RegisterText {

  private static final int MAX_DIGITS = 16;

  private RegisterText() {}

  /** The value of {@code 0x} and 1 to 16 hexadecimal digits; empty for anything else. */
  public static OptionalLong parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** The same for a part of an array. */
  public static OptionalLong parse(char[] text, int from, int length) {
    int digits = length - 2;
    boolean fits = digits >= 1 && digits <= MAX_DIGITS;
    if (!fits || text[from] != '0' || text[from + 1] != 'x' && text[from + 1] != 'X') {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = from + 2; i < from + length; i++) {
      int digit = text[i] <= 'f' ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        return OptionalLong.empty();
      }
      value = value << 4 | digit;
    }
    return OptionalLong.of(value);
  }

  /** What is wrong with a text that {@link #parse} refuses, without a full stop. */
  public static String complaint(String name, String text) {
    boolean tooLong = text.length() > MAX_DIGITS + 2 && text.matches("0[xX][0-9a-fA-F]+");
    return tooLong
        ? "register %s has %d hexadecimal digits (%s)".formatted(name, text.length() - 2, text)
        : "register %s is not a number (\"%s\")".formatted(name, text);
  }
}
