package org.sysretreplay.ingest;

import java.util.Optional;
import org.sysretreplay.emulator.EntryKind;

/** Which of the kernel's tracepoints show a return to user space (sheet 6.2). */
public final class TracepointEvents {

  /** The tracepoint at the end of every traced syscall. */
  public static final String SYS_EXIT = "raw_syscalls:sys_exit";

  /** Fires for faults of the kernel itself: their return is not to user space. */
  private static final String PAGE_FAULT_KERNEL = "exceptions:page_fault_kernel";

  private TracepointEvents() {}

  /** How the kernel was entered, for an event that shows a return; empty for all others. */
  public static Optional<EntryKind> entryOf(String event) {
    if (event.equals(SYS_EXIT)) {
      return Optional.of(EntryKind.SYSCALL);
    }
    if (event.startsWith("exceptions:") && !event.equals(PAGE_FAULT_KERNEL)) {
      return Optional.of(EntryKind.EXCEPTION);
    }
    if (event.startsWith("irq_vectors:") && event.endsWith("_exit")) {
      return Optional.of(EntryKind.INTERRUPT);
    }
    return Optional.empty();
  }
}
