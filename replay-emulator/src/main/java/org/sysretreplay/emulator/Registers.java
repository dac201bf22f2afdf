package org.sysretreplay.emulator;

/** The six tested registers of one frame, as unsigned 64-bit patterns. */
public record Registers(long rip, long rcx, long r11, long rflags, long cs, long ss)
    implements PtRegs {

  /**
   * What a plain SYSCALL leaves behind (sheet 5.1): RCX = RIP, R11 = RFLAGS, standard selectors.
   */
  public static Registers ofSyscall(long rip, long rflags) {
    return new Registers(rip, rip, rflags, rflags, Selector.USER_CS, Selector.USER_DS);
  }

  /** These registers with RIP in RCX and RFLAGS in R11, where SYSRET takes them from. */
  public static Registers forSysret(PtRegs regs) {
    return new Registers(
        regs.rip(), regs.rip(), regs.rflags(), regs.rflags(), regs.cs(), regs.ss());
  }

  /** This frame with one register changed. */
  public Registers with(Register register, long value) {
    return new Registers(
        register == Register.RIP ? value : rip,
        register == Register.RCX ? value : rcx,
        register == Register.R11 ? value : r11,
        register == Register.RFLAGS ? value : rflags,
        register == Register.CS ? value : cs,
        register == Register.SS ? value : ss);
  }
}
