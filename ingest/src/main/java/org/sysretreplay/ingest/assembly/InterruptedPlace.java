package org.sysretreplay.ingest.assembly;

import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;

/**
 * Where an interrupt found its thread, by its registers and by what was seen of the thread before:
 * its event fires in the kernel too, on the way in, within a syscall and on the way out (sheet
 * 6.2).
 */
enum InterruptedPlace {
  /** In the kernel: the frame is not returned to. */
  KERNEL,
  /** In the kernel or in the program; the trace does not tell. */
  NOT_KNOWN,
  /** In the program, as far as the trace tells until the next event. */
  USER;

  /** Where the interrupt of this frame found the thread, before the frame is opened. */
  static InterruptedPlace of(ExitFrame frame, ThreadState thread) {
    OpenFrame before = thread.open();
    if (thread.isInCall() || isBeforeAmendment(frame, before)) {
      return KERNEL;
    }
    return thread.hasEnded() || isOnTheWayOut(frame, before) ? NOT_KNOWN : USER;
  }

  /**
   * Whether the interrupt has registers that are not returned to, because the frame has been
   * changed since. Then the kernel was on its way out and had not changed them yet.
   */
  private static boolean isBeforeAmendment(ExitFrame frame, OpenFrame before) {
    return before != null && before.replaces(frame.registers(), frame.rsp());
  }

  /**
   * Whether the interrupt has exactly the registers that are about to be returned to. Then the
   * kernel was still on its way out, or the program had not run an instruction yet; the trace does
   * not tell which.
   */
  private static boolean isOnTheWayOut(ExitFrame frame, OpenFrame before) {
    return before != null && !before.isInterrupt() && before.isAt(frame.registers(), frame.rsp());
  }

  /**
   * Doubts an interrupt with registers that SYSCALL makes: its thread may be in a call whose start
   * is not in the trace. If nothing was seen of the thread yet, the call may have begun before the
   * trace, and the next event tells.
   */
  static void doubtUserSpace(OpenFrame interrupt, ThreadState thread) {
    if (thread.isFollowed()) {
      if (isOfUnseenCall(interrupt.registers(), thread)) {
        interrupt.doubt();
      }
    } else if (interrupt.registers().rcx() == interrupt.registers().rip()) {
      interrupt.doubtUserSpace();
    }
  }

  /**
   * Whether SYSCALL made these registers for another call than the thread's last one. The program
   * itself has such only at the place that its last call returned to.
   */
  private static boolean isOfUnseenCall(Registers registers, ThreadState thread) {
    return registers.equals(Registers.ofSyscall(registers.rip(), registers.rflags()))
        && registers.rip() != thread.returnedTo();
  }

  /**
   * Whether the open frame is of an interrupt that hit the kernel on its way into the syscall: it
   * has the registers that SYSCALL left, which the syscall's own event shows too.
   */
  static boolean isBeforeEnter(OpenFrame open, UserRegisters entered) {
    return open.isInterrupt()
        && !open.isAmended()
        && open.registers().rcx() == open.registers().rip()
        && entered.isComplete()
        && open.isAt(entered.tested(), entered.get(PerfRegister.SP));
  }
}
