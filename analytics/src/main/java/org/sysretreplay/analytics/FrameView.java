package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Stage;

/** A frame as the replay sees it, whether it is an object or a row of columns. */
public interface FrameView extends Exit {

  /** How sure it is that these registers are the ones that the kernel returned to. */
  Stage stage();

  /**
   * The address that it returns to, if a {@link Fold#byAddress fold tells frames apart by it}; else
   * the address of any frame that is alike.
   */
  long address();

  /** The frame's value: a String, a Long, or null where the recording does not have it. */
  Object value(GroupColumn column);
}
