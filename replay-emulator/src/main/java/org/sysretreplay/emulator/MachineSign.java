package org.sysretreplay.emulator;

import java.util.EnumSet;
import java.util.Set;

/**
 * Facts about the recording machine that a single frame proves. A frame without signs proves
 * nothing.
 */
public enum MachineSign {
  /** The SS slot holds what FRED tells of the event (sheet 12.2). */
  FRED("the SS slot holds what FRED leaves there"),
  /** A program ran at an address that only 5-level paging has (sheet 12.2). */
  LA57("programs ran at addresses that only 5-level paging has"),
  /**
   * An interrupt or exception found the selector that Xen gives to 64-bit user code (sheet 3.3).
   */
  XEN_PV("the CS slot holds Xen's own selector for user code");

  private static final int EVENT_VECTOR_SHIFT = 32;
  static final long EVENT_VECTOR = 0xffL << EVENT_VECTOR_SHIFT;
  static final long LONG_MODE = 1L << 57;

  /**
   * The bits above the selector that FRED leaves clear. Without FRED the slot can hold anything
   * there: {@code 0x7ffee73f002b} was seen.
   */
  static final long CLEAR = 0xfff8L << 16 | 0xffL << 40 | 0xfL << 52 | 1L << 59;

  private final String sentence;

  MachineSign(String sentence) {
    this.sentence = sentence;
  }

  /** What was seen, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** All signs that a frame shows; every frame of a {@link FrameClass} shows the same. */
  public static Set<MachineSign> of(Exit exit, Stage stage) {
    PtRegs regs = exit.registers();
    Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
    if (Selector.in(regs.ss()) == Selector.USER_DS && isEventOfFred(regs.ss())) {
      signs.add(FRED);
    }
    if (Selector.in(regs.cs()) == Selector.XEN_USER_CS && wasFoundInUserCode(exit)) {
      signs.add(XEN_PV);
    }
    if (isBeyond4Levels(regs.rip()) && wasExecuted(exit, stage)) {
      signs.add(LA57);
    }
    return signs;
  }

  /** Whether the upper bits of an SS slot describe an event, as FRED has the processor store it. */
  static boolean isEventOfFred(long ss) {
    return (ss & CLEAR) == 0 && (ss & (LONG_MODE | EVENT_VECTOR)) != 0;
  }

  /** Whether it is a user address with 5-level paging, and not canonical with 4 levels. */
  private static boolean isBeyond4Levels(long address) {
    return address >= 1L << 47 && address < 1L << 56;
  }

  /**
   * Whether the processor itself was there: SYSCALL leaves the address in RCX, and an interrupt or
   * an exception tells it. A debugger, a sigreturn or a handler's address can put anything into the
   * slot. An interrupt on the way to such an address, or the fault of the IRET, shows it too: then
   * it is not final, or has the registers of a syscall's return, RCX = RIP.
   */
  private static boolean wasExecuted(Exit exit, Stage stage) {
    if (stage == Stage.AMENDED || isEdited(exit)) {
      return false;
    }
    boolean isOfSyscall = exit.registers().rip() == exit.registers().rcx();
    return switch (exit.path().entry()) {
      case INTERRUPT, EXCEPTION -> stage == Stage.FINAL && !isOfSyscall;
      case SYSCALL -> exit.path() != EntryPath.RT_SIGRETURN && isOfSyscall;
      case FORK, COMPAT -> false;
    };
  }

  /**
   * Whether an interrupt or an exception found these selectors. SYSCALL stores the usual ones, so
   * that others were written into the frame later.
   */
  private static boolean wasFoundInUserCode(Exit exit) {
    return switch (exit.path().entry()) {
      case INTERRUPT, EXCEPTION -> !isEdited(exit);
      case SYSCALL, FORK, COMPAT -> false;
    };
  }

  private static boolean isEdited(Exit exit) {
    return exit.cause().filter(it -> it == Cause.PTRACE_EDIT).isPresent();
  }
}
