package org.sysretreplay.emulator;

import java.util.ArrayList;
import java.util.List;

/** The bits of RFLAGS by name (Intel SDM volume 1, 3.4.3; sheet, constants). */
public enum Rflags {
  CF(0),
  PF(2),
  AF(4),
  ZF(6),
  SF(7),
  TF(8),
  IF(9),
  DF(10),
  OF(11),
  NT(14),
  RF(16),
  VM(17),
  AC(18),
  VIF(19),
  VIP(20),
  ID(21);

  /** Bit 1, which reads as one whatever is written. */
  public static final long ALWAYS_SET = 1L << 1;

  /** The two bits of the I/O privilege level. */
  public static final long IOPL = 3L << 12;

  private static final int IOPL_SHIFT = 12;

  private final int bit;
  private final long mask;

  Rflags(int bit) {
    this.bit = bit;
    mask = 1L << bit;
  }

  /** The flag's bit in a 64-bit RFLAGS value. */
  public long mask() {
    return mask;
  }

  /** The flag's bit position, 0 to 63. */
  public int bit() {
    return bit;
  }

  /** Whether the flag is set in {@code rflags}. */
  public boolean in(long rflags) {
    return (rflags & mask) != 0;
  }

  /**
   * The set bits by name, lowest first, as in {@code PF ZF IF IOPL=3}; bits without a name follow
   * as one hexadecimal number. The bit that always reads as one is left out.
   */
  public static String describe(long rflags) {
    List<String> names = new ArrayList<>();
    long unnamed = rflags & ~ALWAYS_SET & ~IOPL;
    for (Rflags flag : values()) {
      if (flag.in(rflags)) {
        names.add(flag.name());
        unnamed &= ~flag.mask;
      }
    }
    if ((rflags & IOPL) != 0) {
      names.add("IOPL=" + ((rflags & IOPL) >>> IOPL_SHIFT));
    }
    if (unnamed != 0) {
      names.add("0x" + Long.toHexString(unnamed));
    }
    return names.isEmpty() ? "none" : String.join(" ", names);
  }
}
