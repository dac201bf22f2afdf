package org.sysretreplay.analytics.bpf;

import org.sysretreplay.emulator.Register;

/**
 * A register in the kernel's {@code struct pt_regs}; its layout is the kernel's contract with
 * debuggers (kernel file asm/ptrace.h, and user.h of ptrace).
 */
enum SavedRegister {
  R11(Register.R11, 6),
  RCX(Register.RCX, 11),
  RIP(Register.RIP, 16),
  CS(Register.CS, 17),
  RFLAGS(Register.RFLAGS, 18),
  SS(Register.SS, 20);

  private static final int SLOTS = 21;
  private static final int SLOT_BYTES = 8;

  private final Register register;
  private final int slot;

  SavedRegister(Register register, int slot) {
    this.register = register;
    this.slot = slot;
  }

  /** What it is called in a script. */
  static String variable(Register register) {
    return "$" + register.key();
  }

  /** Reads it from below the end of {@code pt_regs}. */
  String text(String end) {
    return "*(uint64 *)(%s - %d)".formatted(end, (SLOTS - slot) * SLOT_BYTES);
  }

  /** Puts it into its variable. */
  String assignment(String end) {
    return "  %s = %s;\n".formatted(variable(register), text(end));
  }
}
