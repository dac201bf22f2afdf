package org.sysretreplay.emulator;

/**
 * Where an instruction that leaves the kernel lands: in user mode, in a fault, in another ring, or
 * at a place that the frame does not tell.
 */
public sealed interface Landing {

  /** When a set trap flag fires after the return (sheet section 4). */
  enum StepTrap {
    /** TF is clear. */
    NONE,
    /** As after SYSRET: before the first user instruction has run. */
    BEFORE_FIRST_INSTRUCTION,
    /** As after IRET: when the first user instruction has run. */
    AFTER_FIRST_INSTRUCTION
  }

  /**
   * User mode, and all that the program can see of the return.
   *
   * @param cs the selector, 16 bits
   * @param ss the selector, 16 bits
   */
  record UserState(
      long rip, int cs, long rflags, long rsp, int ss, long rcx, long r11, StepTrap stepTrap)
      implements Landing {}

  /**
   * An exception instead of a return.
   *
   * @param errorCode a selector without its privilege bits, or 0
   * @param inKernel whether it is raised while the CPU is still in kernel mode
   * @param onUserStack whether RSP holds the user's value when the handler starts, so that a fault
   *     in kernel mode runs on memory that the user chose
   */
  record Fault(String vector, int errorCode, boolean inKernel, boolean onUserStack)
      implements Landing {
    @Override
    public String toString() {
      return "%s(0x%x) in %s mode on the %s stack"
          .formatted(
              vector, errorCode, inKernel ? "kernel" : "user", onUserStack ? "user's" : "kernel's");
    }
  }

  /**
   * The outcome depends on something that the frame does not hold.
   *
   * @param what that is, as part of a sentence
   */
  record NotKnown(String what) implements Landing {}

  /** A return to a more privileged ring than user mode; no kernel does this on its way to user. */
  record NotUserMode(int privilege) implements Landing {}
}
