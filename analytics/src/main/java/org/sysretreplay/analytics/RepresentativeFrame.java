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
 * One frame that stands for all frames of its class that have the same values.
 *
 * @param registers an example of what frames of the class hold
 * @param address the address that all of them return to, if the question tells frames apart by it
 * @param by the columns that {@code values} belong to
 */
record RepresentativeFrame(
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
