package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The rows of the source-to-route matrix (sheet 1.1), and the ways in from 32-bit code (3.4). */
public enum EntryPath {
  SYSCALL_NO_WORK("SYSCALL without entry or exit work"),
  SYSCALL_RESCHEDULE("SYSCALL, only a reschedule pending at exit"),
  SYSCALL_AUDIT("SYSCALL, only audit work at exit"),
  SYSCALL_EXIT_WORK("SYSCALL with other work at exit (signal, ...)"),
  SYSCALL_TRACED("SYSCALL with full entry tracing"),
  EXECVE("execve that succeeded"),
  RT_SIGRETURN("rt_sigreturn"),
  FORK_CHILD("first return of a 64-bit fork or clone child"),
  FORK_CHILD_COMPAT("first return of a 32-bit fork or clone child"),
  KERNEL_THREAD_EXEC("first user return of a kernel thread's execve"),
  INTERRUPT("hardware interrupt from user mode"),
  EXCEPTION("fault or trap from user mode"),
  NMI("NMI or double fault"),
  COMPAT("32-bit syscall: SYSENTER, SYSCALL or int $0x80");

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String sentence;

  EntryPath(String sentence) {
    this.sentence = sentence;
  }

  /** What happened, as a reader of the matrix knows it. */
  public String sentence() {
    return sentence;
  }

  /** The name as the store spells it. */
  public String key() {
    return key;
  }

  /** The row that {@link #key} names, if there is one. */
  public static Optional<EntryPath> ofKey(String key) {
    return Stream.of(values()).filter(path -> path.key().equals(key)).findFirst();
  }

  /** The row of a frame of which nothing but its registers is known. */
  public static EntryPath of(EntryKind entry, PtRegs regs) {
    return of(entry, regs, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * The row of a frame with no work but what its syscall itself makes.
   *
   * @param syscall the number of the syscall that returns, where there is one and it is known
   * @param result what it returned
   */
  public static EntryPath of(
      EntryKind entry, PtRegs regs, OptionalLong syscall, OptionalLong result) {
    return switch (entry) {
      case SYSCALL -> ofSyscall(syscall, result);
      case INTERRUPT -> INTERRUPT;
      case EXCEPTION -> EXCEPTION;
      case FORK -> Selector.in(regs.cs()) == Selector.USER32_CS ? FORK_CHILD_COMPAT : FORK_CHILD;
      case COMPAT -> COMPAT;
    };
  }

  /** The row of a syscall; its registers say nothing about it. */
  public static EntryPath ofSyscall(OptionalLong syscall, OptionalLong result) {
    if (syscall.isEmpty()) {
      return SYSCALL_NO_WORK;
    }
    if (Syscall.isSigreturn(syscall.getAsLong())) {
      return RT_SIGRETURN;
    }
    boolean succeeded = result.isPresent() && result.getAsLong() == 0;
    return succeeded && Syscall.isExecve(syscall.getAsLong()) ? EXECVE : SYSCALL_NO_WORK;
  }
}
