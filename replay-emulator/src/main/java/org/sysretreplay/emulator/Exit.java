package org.sysretreplay.emulator;

import java.util.Optional;

/** A return to user space as a model sees it, whether it is an object or a row of columns. */
public interface Exit {

  /** The way back that it takes. */
  EntryPath path();

  /** What made the registers so; asked for by what-if policies only. */
  Optional<Cause> cause();

  /** The registers that are returned to. */
  PtRegs registers();

  /** A return of which the path and the registers are known. */
  static Exit of(EntryPath path, PtRegs registers) {
    return new Plain(path, Optional.empty(), registers);
  }

  /** A return of which all is known. */
  static Exit of(EntryPath path, Optional<Cause> cause, PtRegs registers) {
    return new Plain(path, cause, registers);
  }

  /** A return that is an object. */
  record Plain(EntryPath path, Optional<Cause> cause, PtRegs registers) implements Exit {}
}
