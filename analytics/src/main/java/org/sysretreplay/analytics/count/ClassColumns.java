package org.sysretreplay.analytics.count;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The columns whose value follows from a frame's class, so that they need not be read when frames
 * are counted by class.
 */
public final class ClassColumns {

  private ClassColumns() {}

  /** Whether the column's value follows from the class. */
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
   * The value of a column for counted frames in a reading. The store has the syscall's number as
   * the thread's other events show it; the event alone may show another.
   *
   * @param stored the value in the store: a String, a Long or null
   * @param frames the class of the frames in this reading
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
