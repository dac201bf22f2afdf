package org.sysretreplay.emulator;

/**
 * What can keep a kernel busy with every syscall, for as long as it is switched on. A fast path is
 * taken only while none of it is, but for what a kernel does beside the path (sheet 6.3 and 12.1).
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

  /** The row of the matrix that a 64-bit syscall takes which has this work and no other. */
  public EntryPath path() {
    return path;
  }
}
