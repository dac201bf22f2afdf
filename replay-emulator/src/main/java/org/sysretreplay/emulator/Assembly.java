package org.sysretreplay.emulator;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a frame between its event and the return, put together from the frame and its
 * neighbours in the trace.
 *
 * @param path the way back that the frame takes
 * @param stage how sure the registers are
 * @param cause what keeps the frame from SYSRET; absent where nothing does
 * @param recorded the frame as its event alone shows it; present where its neighbours changed that
 */
public record Assembly(
    EntryPath path, Stage stage, Optional<Cause> cause, Optional<Recorded> recorded) {

  public Assembly {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(cause, "cause");
    if (stage == Stage.AMENDED && recorded.isEmpty()) {
      throw new IllegalArgumentException("an amended frame without the recorded registers");
    }
  }

  /** What an event shows by itself. */
  public record Recorded(
      EntryKind entry, EntryPath path, Registers registers, OptionalLong rsp, OptionalLong rax) {}

  /** What a frame tells by itself, at that stage. */
  public static Assembly alone(EntryKind entry, EntryPath path, Registers registers, Stage stage) {
    Optional<Cause> cause = Cause.of(Circumstances.alone(entry, path, registers));
    return new Assembly(path, stage, cause, Optional.empty());
  }
}
