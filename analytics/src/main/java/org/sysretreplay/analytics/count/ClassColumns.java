package org.sysretreplay.analytics.count;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The columns whose value follows from a frame's class, so that they need not be read where frames
 * are counted by class.
 */
public final class ClassColumns {

  private ClassColumns() {}

  /** Whether the class tells the value. */
  public static boolean areTold(FrameColumn column) {
    return switch (column) {
      case ENTRY, PATH, STAGE, CAUSE, FRAME_CLASS -> true;
      default -> false;
    };
  }

  /** The value of all frames of a class: a String, a Long or null. */
  public static Object value(FrameColumn column, FrameClass frames) {
    return switch (column) {
      case ENTRY -> frames.entry().key();
      case PATH -> frames.path().key();
      case STAGE -> frames.stage().key();
      case CAUSE -> frames.cause().map(Cause::key).orElse(null);
      case FRAME_CLASS -> frames.code();
      default -> throw new IllegalArgumentException("no class tells " + column.key());
    };
  }

  /**
   * What a column that frames were counted by holds of them: the store has the number of a syscall
   * that the thread's other events tell, and an event alone may show another.
   *
   * @param stored a String, a Long or null
   * @param frames their class when they are read so
   */
  public static Object counted(
      FrameColumn column, Object stored, FrameClass frames, Reading reading) {
    if (column != FrameColumn.NR || reading == Reading.ASSEMBLED) {
      return stored;
    }
    OptionalLong known = stored == null ? OptionalLong.empty() : OptionalLong.of((Long) stored);
    OptionalLong recorded = ExitFrame.recordedSyscall(frames.path(), known);
    return recorded.isPresent() ? (Long) recorded.getAsLong() : null;
  }
}
