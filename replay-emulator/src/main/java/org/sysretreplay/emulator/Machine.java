package org.sysretreplay.emulator;

import java.io.Serializable;

/**
 * Facts about the running kernel that a model's answer depends on.
 *
 * @param syscallWork whether the syscall work flags were set; recording raw_syscalls sets them, and
 *     then no syscall takes an unchecked fast path (sheet 6.3)
 */
public record Machine(boolean syscallWork) implements Serializable {

  /** A kernel that was being traced, which is what a recording shows. */
  public static final Machine TRACED = new Machine(true);

  /** The same kernel with nobody watching. */
  public static final Machine UNTRACED = new Machine(false);
}
