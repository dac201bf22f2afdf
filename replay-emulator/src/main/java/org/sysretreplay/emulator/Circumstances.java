package org.sysretreplay.emulator;

import java.util.Objects;
import java.util.Optional;

/**
 * All that a frame's {@link Cause} is found from: the frame, and what its neighbours in the trace
 * show.
 *
 * @param amendment what changed the frame after it was recorded
 * @param edited whether a debugger wrote this thread's registers before it returned
 * @param stepped whether a debugger was single-stepping this thread
 */
public record Circumstances(
    EntryKind entry,
    EntryPath path,
    Registers registers,
    Optional<Amendment> amendment,
    boolean edited,
    boolean stepped) {

  public Circumstances {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(registers, "registers");
  }

  /** A frame of which no neighbour is known. */
  public static Circumstances alone(EntryKind entry, EntryPath path, Registers registers) {
    return new Circumstances(entry, path, registers, Optional.empty(), false, false);
  }
}
