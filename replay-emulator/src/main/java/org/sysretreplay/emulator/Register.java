package org.sysretreplay.emulator;

import java.util.Locale;

/** The names of the registers in {@link PtRegs}. */
public enum Register {
  RIP,
  RCX,
  R11,
  RFLAGS,
  CS,
  SS;

  /** This register's 64-bit slot in a frame. */
  public long of(PtRegs regs) {
    return switch (this) {
      case RIP -> regs.rip();
      case RCX -> regs.rcx();
      case R11 -> regs.r11();
      case RFLAGS -> regs.rflags();
      case CS -> regs.cs();
      case SS -> regs.ss();
    };
  }

  /** The name as columns and JSON keys spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
