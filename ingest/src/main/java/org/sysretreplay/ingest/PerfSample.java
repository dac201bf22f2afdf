package org.sysretreplay.ingest;

import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;

/**
 * One sample of perf's, whichever way it was written down.
 *
 * @param event the event's name, as in {@code raw_syscalls:sys_exit}
 * @param syscall the field {@code id} (printed as NR) of a syscall event
 * @param result the field {@code ret} of a syscall event
 */
public record PerfSample(
    Place place,
    String event,
    OptionalLong timeNanos,
    OptionalLong cpu,
    Task task,
    OptionalLong syscall,
    OptionalLong result,
    UserRegisters registers) {}
