package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;

/** The machine that a model judged for, in words. */
final class MachineText {

  private MachineText() {}

  /** What was assumed of the machine, as sentences. */
  static String of(Machine machine) {
    String observed =
        machine.has(Work.TRACING)
            ? "Judged as the traced kernel ran: recording the syscall events keeps every syscall off"
                + " the unchecked fast path (--untraced judges the kernel unobserved)."
            : "Judged as the kernel would have run unobserved (--untraced).";
    String work =
        (machine.has(Work.SECCOMP) ? " With seccomp filters (--seccomp)." : "")
            + (machine.has(Work.AUDIT) ? " With audit (--audit)." : "")
            + (machine.has(Work.NOHZ_FULL) ? " On processors of nohz_full (--nohz-full)." : "");
    String children =
        machine.patchedForkChildren()
            ? " With the fix for children of fork (--patched-fork-children)."
            : "";
    String paging = machine.la57() ? " With 5-level paging (--la57)." : "";
    String guest =
        machine.xenPv()
            ? " As a Xen PV guest (--xen-pv), where SYSRET is the iret hypercall and saves nothing."
            : "";
    return observed + work + children + paging + guest;
  }
}
