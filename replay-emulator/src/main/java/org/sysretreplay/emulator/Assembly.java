package org.sysretreplay.emulator;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happened to a frame between its event and its return to user space, put together from the
 * frame and its neighbours in the trace.
 *
 * @param path the way back that the frame takes
 * @param stage how sure the registers are
 * @param cause what keeps the frame from SYSRET; absent where nothing does
 * @param recorded the frame as its event alone shows it; present only where its neighbours in the
 *     trace changed it
 */
public record Assembly(
    EntryPath path, Stage stage, Optional<Cause> cause, Optional<Recorded> recorded) {

  private static final int CAUSES = Cause.values().length;

  private static final Assembly[][][] UNCHANGED =
      new Assembly[EntryPath.values().length][Stage.values().length][];

  static {
    for (EntryPath path : EntryPath.values()) {
      for (Stage stage : EnumSet.complementOf(EnumSet.of(Stage.AMENDED))) {
        UNCHANGED[path.ordinal()][stage.ordinal()] = ofEveryCause(path, stage);
      }
    }
  }

  public Assembly {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(cause, "cause");
    if (stage == Stage.AMENDED && recorded.isEmpty()) {
      throw new IllegalArgumentException("an amended frame without the recorded registers");
    }
  }

  /** The frame as its event alone shows it. */
  public record Recorded(
      EntryKind entry, EntryPath path, Registers registers, OptionalLong rsp, OptionalLong rax) {}

  private static Assembly[] ofEveryCause(EntryPath path, Stage stage) {
    Assembly[] assemblies = new Assembly[CAUSES + 1];
    for (Cause cause : Cause.values()) {
      assemblies[cause.ordinal()] = new Assembly(path, stage, cause.present(), Optional.empty());
    }
    assemblies[CAUSES] = new Assembly(path, stage, Optional.empty(), Optional.empty());
    return assemblies;
  }

  /**
   * The assembly of a frame that is judged by itself, without its neighbours in the trace.
   *
   * @param syscall the number of the syscall that returns, where there is one and it is known
   */
  public static Assembly alone(
      EntryKind entry, EntryPath path, Registers registers, OptionalLong syscall, Stage stage) {
    return unchanged(path, stage, Cause.alone(entry, path, registers, syscall));
  }

  /**
   * The assembly of a frame that is as recorded. Equal arguments give the same object; nothing is
   * allocated.
   *
   * @param stage any but {@link Stage#AMENDED}, which has recorded registers
   */
  public static Assembly unchanged(EntryPath path, Stage stage, Optional<Cause> cause) {
    return UNCHANGED[path.ordinal()][stage.ordinal()][
        cause.isPresent() ? cause.get().ordinal() : CAUSES];
  }
}
