package org.sysretreplay.emulator;

import org.sysretreplay.emulator.Landing.UserState;

/**
 * SYSRET and IRETQ leave the same user state, on both vendors' CPUs and for every stack pointer.
 */
final class Law {

  private Law() {}

  static boolean isKept(PtRegs frame, Machine machine) {
    return isKept(frame, Cpu.of(Cpu.Vendor.INTEL, machine))
        && isKept(frame, Cpu.of(Cpu.Vendor.AMD, machine));
  }

  static boolean isKept(PtRegs frame, Cpu cpu) {
    for (long rsp : FrameSpace.STACK_POINTERS) {
      Landing bySysret = Instruction.SYSRET.execute(frame, rsp, cpu);
      if (!(bySysret instanceof UserState)
          || !bySysret.equals(Instruction.IRETQ.execute(frame, rsp, cpu))) {
        return false;
      }
    }
    return true;
  }
}
