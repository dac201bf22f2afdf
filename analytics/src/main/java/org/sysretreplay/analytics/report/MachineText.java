package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Machine;

/** The machine that a model judged for, in words. */
final class MachineText {

  private MachineText() {}

  /** What was assumed of the machine, as sentences. */
  static String of(Machine machine) {
    String observed =
        machine.syscallWork()
            ? "Judged as the traced kernel ran: recording the syscall events keeps every syscall off"
                + " the unchecked fast path (--untraced judges the kernel unobserved)."
            : "Judged as the kernel would have run unobserved (--untraced).";
    String paging = machine.la57() ? " With 5-level paging (--la57)." : "";
    String guest = machine.xenPv() ? " As a Xen PV guest (--xen-pv)." : "";
    return observed + paging + guest;
  }
}
