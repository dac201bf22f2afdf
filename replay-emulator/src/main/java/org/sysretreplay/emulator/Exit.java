package org.sysretreplay.emulator;

import java.util.Optional;

/**
 * A return to user space as a model sees it. Rows of columns can implement it without an object per
 * frame.
 */
public interface Exit {

  /** The way back that it takes. */
  EntryPath path();

  /**
   * What keeps the return from SYSRET, if anything does: what-if policies ask for it, and {@link
   * Judge} where it carries a frame over to another kernel.
   */
  Optional<Cause> cause();

  /** The registers that are returned to. */
  PtRegs registers();

  /** A return on that path with those registers, and without a cause. */
  static Exit of(EntryPath path, PtRegs registers) {
    return new Plain(path, Optional.empty(), registers);
  }

  /** A return on that path with that cause and those registers. */
  static Exit of(EntryPath path, Optional<Cause> cause, PtRegs registers) {
    return new Plain(path, cause, registers);
  }

  /** The plain implementation. */
  record Plain(EntryPath path, Optional<Cause> cause, PtRegs registers) implements Exit {}
}
