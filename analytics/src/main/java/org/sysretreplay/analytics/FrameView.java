package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Stage;

/** A frame as the replay sees it, whether it is an object or a row of columns. */
public interface FrameView extends Exit {

  /** How sure it is that its registers are the ones that were returned to. */
  Stage stage();

  /**
   * The address that it returns to, where a {@link Fold#byAddress fold tells frames apart by it};
   * elsewhere that of any frame like it.
   */
  long address();

  /** The frame's value: a String, a Long, or null where the recording does not have it. */
  Object value(GroupColumn column);
}
