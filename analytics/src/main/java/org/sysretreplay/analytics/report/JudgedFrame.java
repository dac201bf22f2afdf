package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Verdict;

/** A frame and the judge of it, with the verdict and what led to it. */
record JudgedFrame(Judge judge, ExitFrame frame) {

  ExitModel model() {
    return judge.model();
  }

  Machine machine() {
    return judge.machine();
  }

  /** The release of the recorded kernel; empty if it is not known. */
  String kernelRelease() {
    return judge.kernelRelease();
  }

  Verdict verdict() {
    return judge.verdict(frame);
  }

  /** Why the frame missed. */
  Cause causeOfMiss() {
    return Cause.ofMiss(verdict(), judge.cause(frame));
  }

  /** Whether the recorded kernel changed the frame, and the judging kernel would not have. */
  boolean isUndone() {
    return judge.carryOver(frame) == CarryOver.UNDONE;
  }

  /** Whether the recorded kernel changed the frame, and the judging kernel may not have. */
  boolean isCarriedOver() {
    return !kernelRelease().isEmpty() && judge.carryOver(frame) == CarryOver.NOT_KNOWN;
  }

  Route route() {
    return model().route(frame, machine());
  }

  /** Whether the frame left the kernel by SYSRET. */
  boolean bySysret() {
    return verdict().outcome().isBySysret();
  }

  /** Whether a policy of the model wrote RCX and R11 before the check. */
  boolean isMended() {
    return !checked().equals(seen().registers());
  }

  /**
   * The registers that the check sees; if there is no check, the registers that are returned to.
   */
  PtRegs checked() {
    return route() == Route.CHECK ? model().checked(seen()) : seen().registers();
  }

  /**
   * The registers that the leaving instruction loads. Before an unchecked SYSRET the kernel loads
   * RCX and R11 from the slots of RIP and RFLAGS (sheet 2.1 and 2.4).
   */
  PtRegs loaded() {
    return route() == Route.FAST ? Registers.forSysret(checked()) : checked();
  }

  /** The frame as the judging kernel would have had it. */
  private Exit seen() {
    return judge.seen(frame);
  }
}
