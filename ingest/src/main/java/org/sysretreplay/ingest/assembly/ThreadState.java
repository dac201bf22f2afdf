package org.sysretreplay.ingest.assembly;

import java.util.Optional;
import org.sysretreplay.ingest.EventFields.SignalDelivered;
import org.sysretreplay.ingest.EventFields.SyscallEnter;
import org.sysretreplay.ingest.UserRegisters;

/** What is known of one thread at one moment of a trace. */
final class ThreadState {

  /** A syscall that was entered and has not come to its exit. */
  record Call(SyscallEnter fields, UserRegisters registers) {}

  /** A signal that was taken, and the registers that it interrupted. */
  record Delivery(SignalDelivered fields, UserRegisters registers) {}

  private Optional<Call> call = Optional.empty();
  private Optional<Delivery> early = Optional.empty();
  private Optional<Slot> open = Optional.empty();
  private boolean traced;
  private boolean stepped;
  private boolean resumed;
  private boolean edited;

  Optional<Call> call() {
    return call;
  }

  void enter(Call entered) {
    call = Optional.of(entered);
  }

  /** The syscall comes to its exit; what it was, if its start was recorded. */
  Optional<Call> leave() {
    Optional<Call> left = call;
    call = Optional.empty();
    return left;
  }

  /**
   * Keeps a delivery that stands before its exit: the clocks of two CPUs differ a little, and a
   * signal is never delivered before the syscall's exit event.
   */
  void deliverEarly(Delivery delivery) {
    early = Optional.of(delivery);
  }

  Optional<Delivery> takeEarly() {
    Optional<Delivery> taken = early;
    early = Optional.empty();
    return taken;
  }

  /** The frame whose return is still ahead. */
  Optional<OpenFrame> open() {
    return open.flatMap(Slot::open);
  }

  void open(Slot frame) {
    open = Optional.of(frame);
    resumed = false;
  }

  /** The frame's return is behind: hands its slot over to be closed, if it still is open. */
  Optional<Slot> takeOpen() {
    Optional<Slot> taken = open.filter(it -> it.open().isPresent());
    open = Optional.empty();
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
