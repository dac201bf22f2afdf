package org.sysretreplay.emulator;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Facts about the running kernel that a model's answer depends on.
 *
 * @param work what the kernel does at every syscall; unmodifiable, in the order of {@link Work}
 * @param la57 whether the kernel runs with 5-level paging (sheet 3.2)
 * @param xenPv whether the kernel is a paravirtualised Xen guest (sheet 3.3)
 * @param patchedForkChildren whether a kernel that would send 64-bit children of fork by the fast
 *     path has the fix of CVE-2015-2830, which leads them to the slow one (sheet 12.1); from 4.0 on
 *     every kernel has it
 */
public record Machine(Set<Work> work, boolean la57, boolean xenPv, boolean patchedForkChildren)
    implements Serializable {

  /** A kernel with 4-level paging that was being traced, which is what a recording shows. */
  public static final Machine TRACED = new Machine(Set.of(Work.TRACING), false, false, false);

  /** The same kernel while nobody traces it. */
  public static final Machine UNTRACED = new Machine(Set.of(), false, false, false);

  public Machine {
    EnumSet<Work> ordered = EnumSet.noneOf(Work.class);
    ordered.addAll(work);
    work = Collections.unmodifiableSet(ordered);
  }

  /** Whether this kind of work is switched on. */
  public boolean has(Work kind) {
    return work.contains(kind);
  }

  /** This machine with that work, or without it. */
  public Machine with(Work kind, boolean on) {
    EnumSet<Work> changed = EnumSet.noneOf(Work.class);
    changed.addAll(work);
    if (on) {
      changed.add(kind);
    } else {
      changed.remove(kind);
    }
    return new Machine(changed, la57, xenPv, patchedForkChildren);
  }

  /** This machine with or without 5-level paging. */
  public Machine withLa57(boolean on) {
    return new Machine(work, on, xenPv, patchedForkChildren);
  }

  /** This machine as a Xen PV guest, or not. */
  public Machine withXenPv(boolean on) {
    return new Machine(work, la57, on, patchedForkChildren);
  }

  /** This machine with or without the fix for children of fork. */
  public Machine withPatchedForkChildren(boolean on) {
    return new Machine(work, la57, xenPv, on);
  }

  /**
   * Whether a return by SYSRET is quicker than one by IRET there. In a Xen PV guest both are the
   * same hypercall, so that nothing is saved (sheet 12.1).
   */
  public boolean savesTime() {
    return !xenPv;
  }
}
