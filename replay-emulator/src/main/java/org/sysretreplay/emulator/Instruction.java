package org.sysretreplay.emulator;

import org.sysretreplay.emulator.Landing.Fault;
import org.sysretreplay.emulator.Landing.NotKnown;
import org.sysretreplay.emulator.Landing.NotUserMode;
import org.sysretreplay.emulator.Landing.StepTrap;
import org.sysretreplay.emulator.Landing.UserState;

/**
 * The two ways out of the kernel as pure functions of the saved frame, with 64-bit operand size
 * (sheet section 4 and 12.4; Intel SDM volume 2, SYSRET and IRET; AMD APM volume 3).
 *
 * <p>Both run at privilege level 0 with the general registers already restored from the frame.
 */
public enum Instruction {
  /**
   * SYSRET: RIP from RCX, RFLAGS from R11 without RF and VM, fixed selectors, RSP already loaded by
   * software. Intel tests RCX before it leaves the kernel. AMD does not: it gets to user mode,
   * where the first fetch faults; and of SS it sets the selector only, while base, limit and
   * attributes stay as they were (sheet 12.4).
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
   * is taken to be valid, since a recording does not hold the LDT; an SS that each thread can fill
   * for itself may be valid or not ({@link Selector#isThreadLocal}); any other is refused.
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
      if (Selector.isThreadLocal(ss)) {
        return new NotKnown("what the thread put into the GDT for selector " + Hex.of(ss));
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
   * What the instruction does with these saved registers.
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
