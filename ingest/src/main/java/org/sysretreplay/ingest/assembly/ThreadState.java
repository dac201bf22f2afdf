package org.sysretreplay.ingest.assembly;

import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.UserRegisters;

/** What is known of one thread at one moment of a trace. */
final class ThreadState {

  /** A syscall that was entered and has not come to its exit. */
  record Call(SyscallEnter fields, UserRegisters registers) {}

  /** A signal that was taken, and the registers that it interrupted. */
  record Delivery(SignalDelivered fields, UserRegisters registers) {}

  private Call call;
  private boolean followed;
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

  /** Whether it was seen to begin or end a system call, or to run in user space by a fault. */
  boolean isFollowed() {
    return followed;
  }

  void enter(Call entered) {
    followed = true;
    call = entered;
  }

  /** The syscall comes to its exit; what it was, or null where its start was not recorded. */
  Call leave() {
    followed = true;
    Call left = call;
    call = null;
    return left;
  }

  /**
   * Keeps a delivery that stands before its exit: the clocks of two CPUs differ a little, and a
   * signal is never delivered before the syscall's exit event.
   */
  void deliverEarly(Delivery delivery) {
    early = delivery;
  }

  /** What was kept so, or null. */
  Delivery takeEarly() {
    Delivery taken = early;
    early = null;
    return taken;
  }

  /** The frame whose return is still ahead, or null. */
  OpenFrame open() {
    return open != null && open.isOpen() ? open : null;
  }

  void open(OpenFrame frame) {
    open = frame;
    resumed = false;
  }

  /** The frame's return is behind: hands it over to be closed, or null where none is open. */
  OpenFrame takeOpen() {
    OpenFrame taken = open();
    open = null;
    return taken;
  }

  /** Whether a debugger has its syscalls stop, so that they take the slow path untraced too. */
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

  /** Whether a debugger let it run on since the event of its last frame. */
  boolean isResumed() {
    return resumed;
  }

  /** A debugger wrote registers before the next exit event, which will carry them. */
  void editBeforeExit() {
    edited = true;
  }

  boolean takeEdited() {
    boolean taken = edited;
    edited = false;
    return taken;
  }
}
