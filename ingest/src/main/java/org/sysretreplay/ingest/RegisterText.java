package org.sysretreplay.ingest;

import java.util.OptionalLong;

/** Register values written as text. */
public final class RegisterText {

  private static final int MAX_DIGITS = 16;

  private RegisterText() {}

  /** The value of {@code 0x} and 1 to 16 hexadecimal digits; empty for anything else. */
  public static OptionalLong parse(String text) {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    int digits = text.length() - 2;
    if (!prefixed || digits < 1 || digits > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 2; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
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
