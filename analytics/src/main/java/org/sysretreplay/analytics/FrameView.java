package org.sysretreplay.analytics;

import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.PtRegs;

/** A frame as the replay sees it, whether it is an object or a row of columns. */
public interface FrameView {

  EntryKind entry();

  PtRegs registers();

  /** The frame's value: a String, a Long, or null where the recording does not have it. */
  Object value(GroupColumn column);
}
