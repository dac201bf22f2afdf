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
 * @param recorded what the event carried; present exactly where the frame is {@link Stage#AMENDED}
 */
public record Assembly(
    EntryPath path, Stage stage, Optional<Cause> cause, Optional<Recorded> recorded) {

  public Assembly {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(cause, "cause");
    if (recorded.isPresent() != (stage == Stage.AMENDED)) {
      throw new IllegalArgumentException("the recorded registers go with AMENDED, not " + stage);
    }
  }

  /** The registers as an event carried them. */
  public record Recorded(Registers registers, OptionalLong rsp, OptionalLong rax) {}

  /** What a frame tells by itself, at that stage. */
  public static Assembly alone(EntryKind entry, EntryPath path, Registers registers, Stage stage) {
    Optional<Cause> cause = Cause.of(Circumstances.alone(entry, path, registers));
    return new Assembly(path, stage, cause, Optional.empty());
  }
}
