package org.sysretreplay.emulator;

/** Register values as people and JSON write them: {@code 0x} and lower-case digits, unsigned. */
public final class Hex {

  private Hex() {}

  /** The shortest form, as in {@code 0x246}. */
  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }
}
