package org.sysretreplay.ingest.sample;

import java.util.Optional;
import java.util.Set;
import org.sysretreplay.emulator.EntryKind;

/**
 * The kernel's tracepoints that show a return to user space (sheet 6.2), or show what happened to
 * one.
 */
public final class TracepointEvents {

  /** The tracepoint at the start of every traced syscall. */
  public static final String SYS_ENTER = "raw_syscalls:sys_enter";

  /** The tracepoint at the end of every traced syscall. */
  public static final String SYS_EXIT = "raw_syscalls:sys_exit";

  /** Fires when a signal is taken, before the frame of its handler is built. */
  public static final String SIGNAL_DELIVER = "signal:signal_deliver";

  /** Fires when a restartable sequence is aborted. */
  public static final String RSEQ_IP_FIXUP = "rseq:rseq_ip_fixup";

  /** Probe of a syscall's exit that carries the registers as fields (FORMATS.md, ftrace text). */
  public static final String PROBE_SYSCALL = "sysret:sysret_syscall";

  /** Probe of a fault that carries the registers as fields. */
  public static final String PROBE_EXCEPTION = "sysret:sysret_exception";

  /** Probe of an interrupt that carries the registers as fields. */
  public static final String PROBE_INTERRUPT = "sysret:sysret_interrupt";

  /** Fires for faults of the kernel itself, which do not return to user space. */
  private static final String PAGE_FAULT_KERNEL = "exceptions:page_fault_kernel";

  /** The events that are no returns, but show what happened to one. */
  private static final Set<String> EVIDENCE = Set.of(SYS_ENTER, SIGNAL_DELIVER, RSEQ_IP_FIXUP);

  private TracepointEvents() {}

  /**
   * How the kernel was entered before the return that the event shows; empty for events that show
   * none.
   */
  public static Optional<EntryKind> entryOf(String event) {
    if (event.equals(SYS_EXIT) || event.equals(PROBE_SYSCALL)) {
      return Optional.of(EntryKind.SYSCALL);
    }
    if (event.equals(PROBE_EXCEPTION)
        || event.startsWith("exceptions:") && !event.equals(PAGE_FAULT_KERNEL)) {
      return Optional.of(EntryKind.EXCEPTION);
    }
    if (event.equals(PROBE_INTERRUPT)
        || event.startsWith("irq_vectors:") && event.endsWith("_exit")) {
      return Optional.of(EntryKind.INTERRUPT);
    }
    return Optional.empty();
  }

  /** Whether the event shows a return, or shows what happened to one. */
  public static boolean matters(String event) {
    return EVIDENCE.contains(event) || entryOf(event).isPresent();
  }
}
