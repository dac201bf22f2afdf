package org.sysretreplay.emulator;

/**
 * Work that a kernel does at every syscall while it is switched on. A kernel takes its fast path
 * only without such work, except for work that it can do on the fast path (sheet 6.3 and 12.1).
 */
public enum Work {
  /** Recording raw_syscalls, which is what most recordings do. */
  TRACING(EntryPath.SYSCALL_TRACED),
  /** A seccomp filter, as containers have. */
  SECCOMP(EntryPath.SYSCALL_SECCOMP),
  /** A running audit daemon, or a rule that it once loaded. */
  AUDIT(EntryPath.SYSCALL_AUDIT),
  /** Context tracking, as processors of nohz_full= have. */
  NOHZ_FULL(EntryPath.SYSCALL_EXIT_WORK);

  private final EntryPath path;

  Work(EntryPath path) {
    this.path = path;
  }

  /** The row of the matrix for a 64-bit syscall with this work and no other. */
  public EntryPath path() {
    return path;
  }
}
