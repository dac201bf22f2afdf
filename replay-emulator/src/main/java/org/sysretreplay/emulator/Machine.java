package org.sysretreplay.emulator;

import java.io.Serializable;

/**
 * Facts about the running kernel that a model's answer depends on.
 *
 * @param syscallWork whether the syscall work flags were set; recording raw_syscalls sets them, and
 *     then no syscall takes an unchecked fast path (sheet 6.3)
 * @param la57 whether the kernel runs with 5-level paging (sheet 3.2)
 * @param xenPv whether the kernel is a paravirtualised Xen guest (sheet 3.3)
 */
public record Machine(boolean syscallWork, boolean la57, boolean xenPv) implements Serializable {

  /** A kernel with 4-level paging that was being traced, which is what a recording shows. */
  public static final Machine TRACED = new Machine(true, false, false);

  /** The same kernel with nobody watching. */
  public static final Machine UNTRACED = new Machine(false, false, false);

  /** This machine with or without 5-level paging. */
  public Machine withLa57(boolean on) {
    return new Machine(syscallWork, on, xenPv);
  }

  /** This machine as a Xen PV guest, or not. */
  public Machine withXenPv(boolean on) {
    return new Machine(syscallWork, la57, on);
  }
}
