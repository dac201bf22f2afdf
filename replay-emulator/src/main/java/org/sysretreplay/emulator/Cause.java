package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Why a frame cannot return by SYSRET. The first rule that holds, in the order of the constants,
 * gives the cause; it depends on the frame and its neighbours and on no model.
 *
 * <p>The names are a public contract. {@link #rule} states when the cause is given, for a reader.
 */
public enum Cause {
  CODE_32_BIT(1, "32-bit code, which never returns by the 64-bit SYSRET", "CS is 0x23"),
  LDT_SEGMENT(
      2, "a segment of the program's own LDT", "the selector in CS or SS points into the LDT"),
  VSYSCALL(3, "a call into the vsyscall page", "RIP lies in the vsyscall page"),
  SIGNAL_DELIVERY(
      4,
      "a signal was delivered, so the return goes to its handler",
      "a signal_deliver event of the thread, with a handler, follows before it runs again"),
  RSEQ_ABORT(
      5,
      "a restartable sequence was cut off, so the return goes to its abort handler",
      "a rseq_ip_fixup event of the thread follows before it runs again"),
  UPROBE(
      16,
      "a uprobe's own system call put the registers of the probed code back",
      "the syscall is uretprobe or uprobe"),
  SYSCALL_RESTART(
      6,
      "the syscall is made again, so RIP is two bytes before RCX",
      "a syscall's result asks for a restart and the thread makes that call next, or RIP is RCX - 2 at a syscall's return"),
  PTRACE_EDIT(
      7,
      "a debugger wrote the thread's registers",
      "a ptrace call that writes registers of this thread came before its return"),
  EXECVE(
      8,
      "execve started a new program with all registers zero",
      "the syscall is an execve that succeeded, or RCX and R11 are zero and RIP is not, at a return of a syscall other than rt_sigreturn"),
  NON_CANONICAL_ADDRESS(
      17,
      "the return goes to an address that is not canonical with 4-level paging",
      "bits 63 to 47 of RIP are not all equal"),
  SIGRETURN(
      9,
      "rt_sigreturn went back to code that a signal had interrupted",
      "the syscall is rt_sigreturn"),
  FAULT(
      10,
      "a fault or a trap, which keeps the program's own RCX and R11; a fault also sets RF",
      "the entry is an exception"),
  INTERRUPTED_CODE(
      11,
      "an interrupt stopped the program between any two instructions",
      "the entry is an interrupt"),
  SINGLE_STEP(
      12,
      "the program is being single-stepped",
      "TF is set in RFLAGS or R11, or a debugger steps the thread"),
  IOPL(
      13,
      "iopl changed the I/O privilege level in the saved RFLAGS",
      "RFLAGS and R11 differ in the IOPL bits only"),
  /** The machine's doing and not the frame's; given only where nothing is wrong with the frame. */
  XEN_PV_GUEST(
      14,
      "the kernel is a Xen PV guest, which never uses SYSRET",
      "nothing is wrong with the frame, and the model refuses every frame of a Xen PV guest"),
  UNKNOWN(15, "not known", "no other rule holds");

  private final String key = name().toLowerCase(Locale.ROOT);
  private final int number;
  private final String sentence;
  private final String rule;
  private final Optional<Cause> present = Optional.of(this);

  Cause(int number, String sentence, String rule) {
    this.number = number;
    this.sentence = sentence;
    this.rule = rule;
  }

  /**
   * The number, from 1 on, that stands for this cause in a {@link FrameClass#code}; stores hold it.
   */
  int number() {
    return number;
  }

  /** What happened, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** When this cause is given, as part of a sentence. */
  public String rule() {
    return rule;
  }

  /** The name as columns spell it. */
  public String key() {
    return key;
  }

  /** The cause that {@link #key} names, if there is one. */
  public static Optional<Cause> ofKey(String key) {
    return Stream.of(values()).filter(cause -> cause.key().equals(key)).findFirst();
  }

  /** This cause as an {@link Optional} that is present; never allocates. */
  public Optional<Cause> present() {
    return present;
  }

  /** The cause of a frame; none where no model on a machine with 4-level paging refuses it. */
  public static Optional<Cause> of(Circumstances circumstances) {
    return isClean(circumstances.registers())
        ? Optional.empty()
        : firstThatHolds(circumstances).present;
  }

  /**
   * The cause of a frame whose neighbours in the trace are not known. Clean frames, which are most,
   * need no circumstances (benchmark IngestBench).
   */
  public static Optional<Cause> alone(
      EntryKind entry, EntryPath path, Registers registers, OptionalLong syscall) {
    return isClean(registers)
        ? Optional.empty()
        : firstThatHolds(Circumstances.alone(entry, path, registers, syscall)).present;
  }

  /**
   * Asks the rules one after the other: most causes are found with the first few comparisons
   * (benchmark ingest/perf-data).
   */
  private static Cause firstThatHolds(Circumstances it) {
    Registers regs = it.registers();
    if (Selector.in(regs.cs()) == Selector.USER32_CS) {
      return CODE_32_BIT;
    }
    if (CauseFacts.isLocal(regs.cs(), regs.ss())) {
      return LDT_SEGMENT;
    }
    if (Addresses.isVsyscall(regs.rip())) {
      return VSYSCALL;
    }
    if (isAmended(it, Amendment.SIGNAL_DELIVERY)) {
      return SIGNAL_DELIVERY;
    }
    if (isAmended(it, Amendment.RSEQ_ABORT)) {
      return RSEQ_ABORT;
    }
    if (it.uprobe()) {
      return UPROBE;
    }
    if (isRestarted(it)) {
      return SYSCALL_RESTART;
    }
    if (isAmended(it, Amendment.PTRACE_EDIT) || it.edited() && ofSyscall(it)) {
      return PTRACE_EDIT;
    }
    if (isExecve(it)) {
      return EXECVE;
    }
    return Addresses.isCanonical(regs.rip()) ? ofEntry(it) : NON_CANONICAL_ADDRESS;
  }

  private static boolean isRestarted(Circumstances it) {
    Registers regs = it.registers();
    return isAmended(it, Amendment.RESTART)
        || ofSyscall(it) && CauseFacts.isBeforeSyscall(regs.rip(), regs.rcx());
  }

  /** execve of 32-bit code that starts a 64-bit program shows by the registers alone. */
  private static boolean isExecve(Circumstances it) {
    Registers regs = it.registers();
    return it.path() == EntryPath.EXECVE
        || (ofSyscall(it) || it.path() == EntryPath.COMPAT_EXIT_WORK)
            && it.path() != EntryPath.RT_SIGRETURN
            && CauseFacts.isNewProgram(regs.rip(), regs.rcx(), regs.r11());
  }

  private static Cause ofEntry(Circumstances it) {
    if (it.path() == EntryPath.RT_SIGRETURN) {
      return SIGRETURN;
    }
    return switch (it.entry()) {
      case EXCEPTION -> FAULT;
      case INTERRUPT -> INTERRUPTED_CODE;
      case SYSCALL, FORK, COMPAT -> ofFlags(it);
    };
  }

  private static Cause ofFlags(Circumstances it) {
    Registers regs = it.registers();
    if (it.stepped() || Rflags.TF.in(regs.rflags()) || Rflags.TF.in(regs.r11())) {
      return SINGLE_STEP;
    }
    return CauseFacts.isOtherIopl(regs.r11(), regs.rflags()) ? IOPL : UNKNOWN;
  }

  /** The cause of a miss: {@link #of} the frame, or the machine's where the frame has none. */
  public static Cause ofMiss(Verdict verdict, Optional<Cause> ofFrame) {
    if (ofFrame.isPresent()) {
      return ofFrame.get();
    }
    return verdict.allMisses().contains(MissReason.XEN_PV_GUEST) ? XEN_PV_GUEST : UNKNOWN;
  }

  private static boolean isClean(Registers frame) {
    return frame.rcx() == frame.rip()
        && frame.r11() == frame.rflags()
        && !Rflags.RF.in(frame.r11())
        && !Rflags.TF.in(frame.r11())
        && frame.cs() == Selector.USER_CS
        && frame.ss() == Selector.USER_DS
        && Long.compareUnsigned(frame.rip(), Addresses.USER_LIMIT) < 0;
  }

  private static boolean isAmended(Circumstances circumstances, Amendment by) {
    return circumstances.amendment().isPresent() && circumstances.amendment().get() == by;
  }

  private static boolean ofSyscall(Circumstances circumstances) {
    return circumstances.entry() == EntryKind.SYSCALL || circumstances.entry() == EntryKind.FORK;
  }
}
