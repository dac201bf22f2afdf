package org.sysretreplay.emulator;

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
  COMPAT("32-bit entry, by the slow return");

  private final String sentence;

  EntryPath(String sentence) {
    this.sentence = sentence;
  }

  /** What happened, as a reader of the matrix knows it. */
  public String sentence() {
    return sentence;
  }

  /** The row that a recorded frame belongs to when no work was pending. */
  public static EntryPath of(EntryKind entry, PtRegs regs) {
    return switch (entry) {
      case SYSCALL -> SYSCALL_NO_WORK;
      case INTERRUPT -> INTERRUPT;
      case EXCEPTION -> EXCEPTION;
      case FORK -> Selector.in(regs.cs()) == Selector.USER32_CS ? FORK_CHILD_COMPAT : FORK_CHILD;
      case COMPAT -> COMPAT;
    };
  }
}
