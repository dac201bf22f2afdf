package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What made a frame so that it cannot return by SYSRET. The first rule that holds, in the order of
 * the constants, gives the cause; it depends on the frame and its neighbours and on no model.
 *
 * <p>The names are a public contract. {@link #rule} states when the cause is given, for a reader.
 */
public enum Cause {
  CODE_32_BIT(
      "32-bit code, which never returns by the 64-bit SYSRET",
      "CS is 0x23",
      it -> Selector.in(it.registers().cs()) == Selector.USER32_CS),
  LDT_SEGMENT(
      "a segment of the program's own LDT",
      "the selector in CS or SS points into the LDT",
      it -> CauseFacts.isLocal(it.registers().cs(), it.registers().ss())),
  VSYSCALL(
      "a call into the vsyscall page",
      "RIP lies in the vsyscall page",
      it -> Addresses.isVsyscall(it.registers().rip())),
  SIGNAL_DELIVERY(
      "a signal was delivered, so the return goes to its handler",
      "a signal_deliver event of the thread, with a handler, follows before it runs again",
      it -> isAmended(it, Amendment.SIGNAL_DELIVERY)),
  RSEQ_ABORT(
      "a restartable sequence was cut off, so the return goes to its abort handler",
      "a rseq_ip_fixup event of the thread follows before it runs again",
      it -> isAmended(it, Amendment.RSEQ_ABORT)),
  SYSCALL_RESTART(
      "the syscall is made again, so RIP is two bytes before RCX",
      "a syscall's result asks for a restart and the thread makes that call next, or RIP is RCX - 2 at a syscall's return",
      it ->
          isAmended(it, Amendment.RESTART)
              || ofSyscall(it)
                  && CauseFacts.isBeforeSyscall(it.registers().rip(), it.registers().rcx())),
  PTRACE_EDIT(
      "a debugger wrote the thread's registers",
      "a ptrace call that writes registers of this thread came before its return",
      it -> isAmended(it, Amendment.PTRACE_EDIT) || it.edited() && ofSyscall(it)),
  EXECVE(
      "execve started a new program with all registers zero",
      "the syscall is an execve that succeeded, or RCX and R11 are zero and RIP is not",
      it ->
          it.path() == EntryPath.EXECVE
              || ofSyscall(it)
                  && it.path() != EntryPath.RT_SIGRETURN
                  && CauseFacts.isNewProgram(
                      it.registers().rip(), it.registers().rcx(), it.registers().r11())),
  SIGRETURN(
      "rt_sigreturn went back to code that a signal had interrupted",
      "the syscall is rt_sigreturn",
      it -> it.path() == EntryPath.RT_SIGRETURN),
  FAULT(
      "a fault, which sets RF and keeps the program's own RCX and R11",
      "the entry is an exception",
      it -> it.entry() == EntryKind.EXCEPTION),
  INTERRUPTED_CODE(
      "an interrupt stopped the program between any two instructions",
      "the entry is an interrupt",
      it -> it.entry() == EntryKind.INTERRUPT),
  SINGLE_STEP(
      "the program is being single-stepped",
      "TF is set in RFLAGS or R11, or a debugger steps the thread",
      it ->
          it.stepped()
              || Rflags.TF.in(it.registers().rflags())
              || Rflags.TF.in(it.registers().r11())),
  IOPL(
      "iopl changed the I/O privilege level in the saved RFLAGS",
      "RFLAGS and R11 differ in the IOPL bits only",
      it -> CauseFacts.isOtherIopl(it.registers().r11(), it.registers().rflags())),
  /** Not of the frame, but of the machine; given where nothing is wrong with the frame. */
  XEN_PV_GUEST(
      "the kernel is a Xen PV guest, which never uses SYSRET",
      "nothing is wrong with the frame, and the model refuses every frame of a Xen PV guest",
      it -> false),
  UNKNOWN("not known", "no other rule holds", it -> true);

  private static final Cause[] CAUSES = values();

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String sentence;
  private final String rule;
  private final Predicate<Circumstances> holds;
  private final Optional<Cause> present = Optional.of(this);

  Cause(String sentence, String rule, Predicate<Circumstances> holds) {
    this.sentence = sentence;
    this.rule = rule;
    this.holds = holds;
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

  /** Itself as a value that is there; never allocates. */
  public Optional<Cause> present() {
    return present;
  }

  /** The cause of a frame; none where no model on a machine with 4-level paging refuses it. */
  public static Optional<Cause> of(Circumstances circumstances) {
    if (isClean(circumstances.registers())) {
      return Optional.empty();
    }
    for (Cause cause : CAUSES) {
      if (cause.holds.test(circumstances)) {
        return cause.present;
      }
    }
    throw new AssertionError("the last rule always holds");
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
