package org.sysretreplay.emulator;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One recorded return to user space: the user-visible registers that the kernel is about to return
 * to, and where they were seen.
 *
 * @param seq the frame's number in its trace, counted from 0 in time order
 * @param timeNanos nanoseconds on the recorder's clock
 * @param cpu the CPU that it was seen on
 * @param event the recorder's name of the event, as in {@code raw_syscalls:sys_exit}
 * @param syscall the number of the syscall that returns; -1 is how rt_sigreturn shows itself (sheet
 *     6.2)
 * @param result what the syscall returned
 * @param rsp takes no part in any verdict (sheet 2.2, step 7)
 * @param rax takes no part in any verdict
 */
public record ExitFrame(
    long seq,
    OptionalLong timeNanos,
    OptionalLong cpu,
    Task task,
    EntryKind entry,
    Optional<String> event,
    OptionalLong syscall,
    OptionalLong result,
    Registers registers,
    OptionalLong rsp,
    OptionalLong rax) {

  public ExitFrame {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(registers, "registers");
  }

  /** The thread that returns; each part is absent where the recording does not have it. */
  public record Task(OptionalLong pid, OptionalLong tid, Optional<String> comm) {

    /** A thread of which nothing is known. */
    public static final Task UNKNOWN =
        new Task(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
