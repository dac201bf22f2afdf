package org.sysretreplay.analytics;

import java.util.List;
import java.util.Optional;
import org.sysretreplay.analytics.count.ClassColumns;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Stage;

/**
 * One frame that stands for all of its class with the same values.
 *
 * @param registers some that frames of the class may have
 * @param address that all of them return to, where they are told apart by it
 * @param by what columns the values are of
 */
record CountedFrames(
    FrameClass frames, PtRegs registers, long address, List<GroupColumn> by, List<Object> values)
    implements FrameView {

  @Override
  public EntryPath path() {
    return frames.path();
  }

  @Override
  public Optional<Cause> cause() {
    return frames.cause();
  }

  @Override
  public Stage stage() {
    return frames.stage();
  }

  @Override
  public Object value(GroupColumn column) {
    return isOfClass(column)
        ? ClassColumns.value(column.storeColumn(), frames)
        : values.get(by.indexOf(column));
  }

  /** Whether the column's value follows from the class, so that no column is read for it. */
  static boolean isOfClass(GroupColumn column) {
    return ClassColumns.areTold(column.storeColumn());
  }
}
