package org.sysretreplay.emulator;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that decides a frame's {@link Cause}: the frame, and what its neighbours in the trace
 * show.
 *
 * @param amendment what changed the frame after it was recorded
 * @param edited whether a debugger wrote this thread's registers before it returned
 * @param stepped whether a debugger was single-stepping this thread
 * @param uprobe whether the syscall is uretprobe or uprobe
 */
public record Circumstances(
    EntryKind entry,
    EntryPath path,
    Registers registers,
    Optional<Amendment> amendment,
    boolean edited,
    boolean stepped,
    boolean uprobe) {

  public Circumstances {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(registers, "registers");
  }

  /**
   * The circumstances of a frame whose neighbours in the trace are not known.
   *
   * @param syscall the number of the syscall that returns, where there is one and it is known
   */
  public static Circumstances alone(
      EntryKind entry, EntryPath path, Registers registers, OptionalLong syscall) {
    return new Circumstances(
        entry, path, registers, Optional.empty(), false, false, isUprobe(entry, path, syscall));
  }

  /** Whether the syscall is uretprobe or uprobe; 32-bit code has other calls of these numbers. */
  public static boolean isUprobe(EntryKind entry, EntryPath path, OptionalLong syscall) {
    return entry == EntryKind.SYSCALL
        && path != EntryPath.RT_SIGRETURN
        && syscall.isPresent()
        && Syscall.isUprobe(syscall.getAsLong());
  }
}
