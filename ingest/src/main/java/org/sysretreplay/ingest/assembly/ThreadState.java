package org.sysretreplay.ingest.assembly;

import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;

/** The state of one thread at one moment of a trace. */
final class ThreadState {

  /** A syscall that is going on, with the registers of its start. */
  record Call(SyscallEnter fields, UserRegisters registers) {

    /** Whether the frame keeps the RIP of the syscall's start until its exit event. */
    private boolean keepsFrame() {
      return fields != SyscallEnter.UNREADABLE
          && !Syscall.changesFrame(fields.number())
          && (isFrom(Selector.USER_CS) || !Syscall.changesFrame32(fields.number()));
    }

    /** Whether it was made there, as far as the trace tells. */
    boolean isAt(long rip) {
      return !registers.has(PerfRegister.IP) || registers.value(PerfRegister.IP) == rip;
    }

    /** Whether the code segment that it was made in is known, and is that one. */
    boolean isFrom(int selector) {
      return registers.has(PerfRegister.CS)
          && Selector.in(registers.value(PerfRegister.CS)) == selector;
    }
  }

  /** A signal that was delivered, and the registers that it interrupted. */
  record Delivery(SignalDelivered fields, UserRegisters registers) {}

  private Call call;
  private boolean followed;
  private long returnedTo;
  private boolean ended;
  private Delivery early;
  private OpenFrame open;
  private boolean traced;
  private boolean stepped;
  private boolean resumed;
  private boolean edited;

  /** Whether a syscall goes on. */
  boolean isInCall() {
    return call != null;
  }

  /**
   * Whether a frame with that RIP shows that the syscall which seems to go on has lost its exit
   * event: as long as it goes on the frame is that of its start, unless the syscall or a debugger
   * changes it.
   */
  boolean hasLostExit(long rip) {
    return call != null && !call.isAt(rip) && call.keepsFrame() && !traced && !stepped && !edited;
  }

  /** Whether it was seen to begin or end a system call, or to run in user space by a fault. */
  boolean isFollowed() {
    return followed;
  }

  /** Whether a signal ended it, and nothing was seen of another thread of its number since. */
  boolean hasEnded() {
    return ended;
  }

  /** The place that its last exit with RCX = RIP returned to; 0 if there was none. */
  long returnedTo() {
    return returnedTo;
  }

  void returnTo(long rip) {
    returnedTo = rip;
  }

  /** A signal ended the thread. */
  void end() {
    beginAnew();
    ended = true;
  }

  /** Forgets what was known: another thread may have the number from now on. */
  void beginAnew() {
    early = null;
    returnedTo = 0;
    traced = false;
    stepped = false;
    resumed = false;
    edited = false;
  }

  void enter(Call entered) {
    followed = true;
    ended = false;
    call = entered;
    // A delivery that is still kept was of an exit that was lost.
    early = null;
  }

  /** Ends the syscall that is going on, and gives it; null if its start was not recorded. */
  Call leave() {
    followed = true;
    ended = false;
    Call left = call;
    call = null;
    return left;
  }

  /**
   * Keeps a delivery that was recorded before the exit of its syscall. The kernel always delivers
   * after the exit event; the clocks of two CPUs differ a little.
   */
  void deliverEarly(Delivery delivery) {
    early = delivery;
  }

  /** Gives the delivery that was kept, once; or null. */
  Delivery takeEarly() {
    Delivery taken = early;
    early = null;
    return taken;
  }

  /** The thread's open frame, or null. */
  OpenFrame open() {
    return open != null && open.isOpen() ? open : null;
  }

  void open(OpenFrame frame) {
    open = frame;
    resumed = false;
  }

  /** Gives the open frame to be closed, once; null if none is open. */
  OpenFrame takeOpen() {
    OpenFrame taken = open();
    open = null;
    return taken;
  }

  /**
   * Whether a debugger stops the thread at syscalls, which then take the slow path even if no
   * tracepoint is recorded.
   */
  boolean traced() {
    return traced;
  }

  boolean stepped() {
    return stepped;
  }

  void resumed(boolean nowTraced, boolean nowStepped) {
    resumed = true;
    traced = nowTraced;
    stepped = nowStepped;
  }

  /** A handler is about to run. The kernel stops a stepped thread once more before it does. */
  void startHandler() {
    resumed &= !stepped;
  }

  /**
   * Whether a debugger resumed the thread since the last stop that its open frame is known to have.
   */
  boolean isResumed() {
    return resumed;
  }

  /** A debugger wrote registers that the next exit event will carry. */
  void editBeforeExit() {
    edited = true;
  }

  boolean takeEdited() {
    boolean taken = edited;
    edited = false;
    return taken;
  }
}
