package org.sysretreplay.ingest;

import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;

/**
 * One sample of an event, whichever way it was written down.
 *
 * @param event the event's name, as in {@code raw_syscalls:sys_exit}
 */
public record Sample(
    Place place,
    String event,
    OptionalLong timeNanos,
    OptionalLong cpu,
    Task task,
    EventFields fields,
    UserRegisters registers) {

  /** The number of the syscall that returns. */
  public OptionalLong syscall() {
    return fields instanceof EventFields.SyscallExit exit ? exit.number() : OptionalLong.empty();
  }

  /** What the syscall that returns gives. */
  public OptionalLong result() {
    return fields instanceof EventFields.SyscallExit exit ? exit.result() : OptionalLong.empty();
  }
}
