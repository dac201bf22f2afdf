package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Verdict;

/** A frame, who judges it, and the verdict. */
record JudgedFrame(ExitModel model, Machine machine, ExitFrame frame) {

  Verdict verdict() {
    return model.judge(frame, machine);
  }

  Route route() {
    return model.route(frame.path(), machine);
  }

  /** Whether the frame left the kernel by SYSRET. */
  boolean bySysret() {
    return verdict().outcome().isBySysret();
  }

  /** Whether a policy of the model wrote RCX and R11 before the check. */
  boolean isMended() {
    return !checked().equals(frame.registers());
  }

  /** The registers that the check sees; the frame's own where it is not checked. */
  PtRegs checked() {
    return route() == Route.CHECK ? model.checked(frame) : frame.registers();
  }
}
