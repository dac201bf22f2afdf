package org.sysretreplay.analytics.count;

import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.FrameColumn;

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
}
