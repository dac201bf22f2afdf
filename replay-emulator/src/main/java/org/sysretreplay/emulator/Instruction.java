package org.sysretreplay.emulator;

import org.sysretreplay.emulator.Landing.Fault;
import org.sysretreplay.emulator.Landing.NotUserMode;
import org.sysretreplay.emulator.Landing.StepTrap;
import org.sysretreplay.emulator.Landing.UserState;

/**
 * The two ways out of the kernel as pure functions of the saved frame, with 64-bit operand size
 * (sheet section 4; Intel SDM volume 2, SYSRET and IRET).
 *
 * <p>Both run at privilege level 0 with the general registers already restored from the frame.
 */
public enum Instruction {
  /**
   * SYSRET: RIP from RCX, RFLAGS from R11, fixed selectors, RSP already loaded by software. Intel
   * checks RCX before it leaves the kernel, AMD faults in user mode.
   */
  SYSRET {
    @Override
    public Landing execute(PtRegs regs, long rsp, Cpu cpu) {
      if (!cpu.canonical(regs.rcx())) {
        boolean inKernel = cpu.vendor() == Cpu.Vendor.INTEL;
        return new Fault("#GP", 0, inKernel, inKernel);
      }
      long rflags = regs.r11() & SYSRET_FLAGS | Rflags.ALWAYS_SET;
      StepTrap trap = Rflags.TF.in(rflags) ? StepTrap.BEFORE_FIRST_INSTRUCTION : StepTrap.NONE;
      return new UserState(
          regs.rcx(),
          Selector.USER_CS,
          rflags,
          rsp,
          Selector.USER_DS,
          regs.rcx(),
          regs.r11(),
          trap);
    }
  },

  /**
   * IRETQ: everything from the frame, with the descriptors of the selectors read. A fault is raised
   * in kernel mode on the kernel's stack; Linux hands it to the program as if its own code had
   * faulted.
   *
   * <p>Descriptors: the user selectors of {@link Selector} are in the GDT; a selector into the LDT
   * is taken to be valid, since a recording does not hold the LDT; any other is refused.
   */
  IRETQ {
    @Override
    public Landing execute(PtRegs regs, long rsp, Cpu cpu) {
      int cs = Selector.in(regs.cs());
      int ss = Selector.in(regs.ss());
      if (!isUserCode(cs)) {
        return Selector.privilege(cs) == USER || Selector.isNull(cs)
            ? generalProtection(cs)
            : new NotUserMode(Selector.privilege(cs));
      }
      if (!isUserStack(ss)) {
        return generalProtection(ss);
      }
      if (!cpu.canonical(regs.rip())) {
        return generalProtection(0);
      }
      long rflags = regs.rflags() & IRETQ_FLAGS | Rflags.ALWAYS_SET;
      StepTrap trap = Rflags.TF.in(rflags) ? StepTrap.AFTER_FIRST_INSTRUCTION : StepTrap.NONE;
      return new UserState(regs.rip(), cs, rflags, rsp, ss, regs.rcx(), regs.r11(), trap);
    }
  };

  /** The flags that SYSRET takes from R11: all named ones but RF and VM. */
  public static final long SYSRET_FLAGS = 0x3C7FD7;

  /** The flags that IRETQ takes from the frame at privilege level 0: those of SYSRET, and RF. */
  public static final long IRETQ_FLAGS = SYSRET_FLAGS | Rflags.RF.mask();

  private static final int USER = 3;

  /**
   * What the instruction does with this frame.
   *
   * @param rsp the frame's stack pointer, which both instructions take as it is
   */
  public abstract Landing execute(PtRegs regs, long rsp, Cpu cpu);

  private static boolean isUserCode(int selector) {
    return selector == Selector.USER_CS || selector == Selector.USER32_CS || isUserLocal(selector);
  }

  private static boolean isUserStack(int selector) {
    return selector == Selector.USER_DS || isUserLocal(selector);
  }

  private static boolean isUserLocal(int selector) {
    return Selector.isLocal(selector) && Selector.privilege(selector) == USER;
  }

  private static Fault generalProtection(int selector) {
    return new Fault("#GP", selector & ~USER, true, false);
  }
}
