package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The ways through the kernel and back to user space that kernels treat differently: the rows of
 * the source-to-route matrix (sheet 1.1 and 12.1), and the entries of 32-bit code (3.4).
 */
public enum EntryPath {
  SYSCALL_NO_WORK(EntryKind.SYSCALL, "SYSCALL without entry or exit work"),
  SYSCALL_FULL_FRAME(EntryKind.SYSCALL, "fork, vfork, clone (the parent) or iopl, without work"),
  SYSCALL_RESCHEDULE(EntryKind.SYSCALL, "SYSCALL, only a reschedule pending at exit"),
  SYSCALL_SECCOMP(EntryKind.SYSCALL, "SYSCALL, only seccomp at entry"),
  SYSCALL_AUDIT(EntryKind.SYSCALL, "SYSCALL, only audit at entry and exit"),
  SYSCALL_EXIT_WORK(EntryKind.SYSCALL, "SYSCALL with other work at exit (signal, ...)"),
  SYSCALL_TRACED(EntryKind.SYSCALL, "SYSCALL with full entry tracing"),
  EXECVE(EntryKind.SYSCALL, "execve that succeeded"),
  EXECVE_FAILED(EntryKind.SYSCALL, "execve that failed, without work"),
  RT_SIGRETURN(EntryKind.SYSCALL, "rt_sigreturn"),
  FORK_CHILD(EntryKind.FORK, "first return of a 64-bit fork or clone child"),
  FORK_CHILD_EXIT_WORK(EntryKind.FORK, "first return of such a child with work at exit"),
  FORK_CHILD_COMPAT(EntryKind.FORK, "first return of a 32-bit fork or clone child"),
  KERNEL_THREAD_EXEC(EntryKind.FORK, "first user return of a kernel thread's execve"),
  INTERRUPT(EntryKind.INTERRUPT, "hardware interrupt from user mode"),
  EXCEPTION(EntryKind.EXCEPTION, "fault or trap from user mode"),
  NMI(EntryKind.INTERRUPT, "NMI or double fault"),
  COMPAT(EntryKind.COMPAT, "32-bit syscall: SYSENTER, SYSCALL or int $0x80"),
  COMPAT_EXIT_WORK(EntryKind.COMPAT, "32-bit SYSENTER or SYSCALL with work at exit"),
  INT80(EntryKind.COMPAT, "int $0x80, from 32-bit or from 64-bit code");

  private final String key = name().toLowerCase(Locale.ROOT);
  private final EntryKind entry;
  private final String sentence;

  EntryPath(EntryKind entry, String sentence) {
    this.entry = entry;
    this.sentence = sentence;
  }

  /** What happened, as a label of the matrix's row. */
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

  /** How the kernel was entered, where it leaves by this way. */
  public EntryKind entry() {
    return entry;
  }

  /** The row of a frame when only its registers are known. */
  public static EntryPath of(EntryKind entry, PtRegs regs) {
    return of(entry, regs, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * The row of a frame whose only work is what its syscall itself causes.
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
      case FORK -> isOf32BitCode(Selector.in(regs.cs())) ? FORK_CHILD_COMPAT : FORK_CHILD;
      case COMPAT -> Selector.isLocal(Selector.in(regs.cs())) ? INT80 : COMPAT;
    };
  }

  /** The LDT has no 64-bit code. */
  private static boolean isOf32BitCode(int selector) {
    return selector == Selector.USER32_CS || Selector.isLocal(selector);
  }

  /**
   * The row of a syscall; its registers say nothing about it. An execve whose result is not known
   * takes the row of one that failed.
   */
  public static EntryPath ofSyscall(OptionalLong syscall, OptionalLong result) {
    if (syscall.isEmpty()) {
      return SYSCALL_NO_WORK;
    }
    long number = syscall.getAsLong();
    if (Syscall.isSigreturn(number)) {
      return RT_SIGRETURN;
    }
    if (Syscall.isExecve(number)) {
      return result.isPresent() && result.getAsLong() == 0 ? EXECVE : EXECVE_FAILED;
    }
    return Syscall.wantsFullFrame(number) ? SYSCALL_FULL_FRAME : SYSCALL_NO_WORK;
  }

  /** Whether the row is of a task's first return to user space after fork, vfork or clone. */
  public boolean isOfChild() {
    return this == FORK_CHILD || this == FORK_CHILD_EXIT_WORK || this == FORK_CHILD_COMPAT;
  }

  /** Whether the row is of a 64-bit syscall without known work. */
  public boolean isPlainSyscall() {
    return this != SYSCALL_EXIT_WORK && withWork() == SYSCALL_EXIT_WORK;
  }

  /** The row of the same return with work at exit; this row where that makes no difference. */
  public EntryPath withWork() {
    return switch (this) {
      case SYSCALL_NO_WORK, SYSCALL_FULL_FRAME, EXECVE_FAILED -> SYSCALL_EXIT_WORK;
      case FORK_CHILD -> FORK_CHILD_EXIT_WORK;
      case COMPAT -> COMPAT_EXIT_WORK;
      default -> this;
    };
  }
}
