package org.sysretreplay.ingest.assembly;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.assembly.ThreadState.Call;
import org.sysretreplay.ingest.assembly.ThreadState.Delivery;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.None;
import org.sysretreplay.ingest.sample.EventFields.RseqAborted;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Follows every thread through its events, so that a frame has the registers that were really
 * returned to (sheet 5, 6.1 and 6.2). FORMATS.md states the rules, and which events they need.
 *
 * <p>A frame stays open until its thread's next event shows what happened to it. All records that
 * follow an open frame wait with it ({@link HeldRecords}).
 */
final class Assembler implements SampleSink {

  /** How many records wait at most; each is some hundred bytes. */
  static final int MAX_HELD = 1 << 16;

  private final Supplier<Set<String>> recordedEvents;

  private final HeldRecords held;
  private final Threads threads = new Threads();
  private final Debugger debugger = new Debugger(threads);
  private long frames;
  private boolean started;
  private boolean entersRecorded;
  private boolean signalsRecorded;

  /**
   * An assembler at the start of a trace.
   *
   * @param recordedEvents gives the names of the recorded events, as far as the trace states them;
   *     called once, with the first sample
   * @param maxHeld how many records wait at most
   */
  Assembler(Supplier<Set<String>> recordedEvents, Consumer<TraceRecord> to, int maxHeld) {
    this.recordedEvents = recordedEvents;
    held = new HeldRecords(to, maxHeld);
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    noteEvents(sample.fields());
    OptionalLong number = sample.task().thread();
    if (number.isEmpty()) {
      held.add(alone(record));
    } else {
      ThreadState thread = threads.seen(number.getAsLong());
      if (record instanceof Accepted exit) {
        takeExit(exit.frame(), thread);
      } else {
        takeEvidence(sample, thread);
        held.add(record);
      }
    }
    held.handOn();
  }

  private TraceRecord alone(TraceRecord record) {
    return record instanceof Accepted exit ? Numbered.alone(exit, frames++) : record;
  }

  /** Notes which events were recorded: as the trace's header says, or once one is seen. */
  private void noteEvents(EventFields fields) {
    if (!started) {
      started = true;
      Set<String> named = recordedEvents.get();
      entersRecorded = named.contains(TracepointEvents.SYS_ENTER);
      signalsRecorded = named.contains(TracepointEvents.SIGNAL_DELIVER);
    }
    entersRecorded |= fields instanceof SyscallEnter;
    signalsRecorded |= fields instanceof SignalDelivered;
  }

  private void takeEvidence(Sample sample, ThreadState thread) {
    EventFields fields = sample.fields();
    if (fields instanceof SyscallEnter enter) {
      takeEnter(enter, sample.registers(), thread);
    } else if (fields instanceof SignalDelivered signal) {
      takeSignal(new Delivery(signal, sample.registers()), thread);
    } else if (fields instanceof RseqAborted rseq) {
      takeAbort(rseq, thread.open());
    } else if (fields instanceof SyscallExit) {
      // The exit could not be read; the call is over all the same.
      thread.leave();
      thread.takeEarly();
      close(thread);
    } else if (fields instanceof None) {
      takeUnreadable(sample, thread);
    }
  }

  /**
   * An event whose fields the trace does not have, such as text that was printed without them. The
   * start of a syscall tells that it began; which handler a signal started, or where an aborted
   * sequence goes on, is not known.
   */
  private void takeUnreadable(Sample sample, ThreadState thread) {
    String event = sample.kind().name();
    if (event.equals(TracepointEvents.SYS_ENTER)) {
      takeEnter(SyscallEnter.UNREADABLE, sample.registers(), thread);
    } else if (event.equals(TracepointEvents.SIGNAL_DELIVER)
        || event.equals(TracepointEvents.RSEQ_IP_FIXUP)) {
      OpenFrame open = thread.open();
      if (open != null) {
        open.doubt();
      }
    }
  }

  private static void takeAbort(RseqAborted rseq, OpenFrame open) {
    if (open != null && open.registers().rip() == rseq.ip()) {
      open.abort(rseq.abortIp());
    }
  }

  private void takeEnter(SyscallEnter enter, UserRegisters registers, ThreadState thread) {
    OpenFrame open = thread.takeOpen();
    if (open != null) {
      restart(enter, registers, open);
      open.confirmUserSpace();
      open.runOn(registers.get(PerfRegister.CS));
      closeBefore(registers, open);
    }
    Call call = new Call(enter, registers);
    thread.enter(call);
    debugger.takeStart(call);
  }

  private void closeBefore(UserRegisters entered, OpenFrame open) {
    if (InterruptedPlace.isBeforeEnter(open, entered)) {
      open.closeInKernel();
    } else {
      close(open);
    }
  }

  /** A restarted call is made at the same place; a handler may make the same call elsewhere. */
  private static void restart(SyscallEnter enter, UserRegisters registers, OpenFrame open) {
    if (open.asksForRestart() && enter.number() == open.restarted() && isAt(registers, open)) {
      open.restart();
    }
  }

  private void takeSignal(Delivery delivery, ThreadState thread) {
    SignalDelivered signal = delivery.fields();
    if (!signal.hasHandler() && !signal.endsThread()) {
      return;
    }
    OpenFrame open = thread.open();
    if (thread.isInCall()) {
      thread.deliverEarly(delivery);
    } else if (signal.endsThread()) {
      end(thread);
    } else if (open != null) {
      deliver(delivery, open, thread);
    }
  }

  /**
   * A signal ended the thread: its open frame is not known to have been returned to, and nothing
   * that is known of it holds for a later thread of its number.
   */
  private static void end(ThreadState thread) {
    OpenFrame open = thread.takeOpen();
    if (open != null) {
      open.doubt();
      open.close(false);
    }
    thread.end();
  }

  /**
   * Applies a delivery to the open frame. If it interrupted other registers, it came with a return
   * that was not recorded, and the open frame is closed.
   */
  private void deliver(Delivery delivery, OpenFrame open, ThreadState thread) {
    if (!isAt(delivery.registers(), open)) {
      close(thread);
      return;
    }
    if (delivery.registers().isComplete()) {
      open.deliver(delivery.registers().tested(), delivery.fields());
    } else {
      open.deliver(delivery.fields());
    }
    thread.startHandler();
  }

  /**
   * Applies a delivery that was recorded before the exit it came with. If it interrupted other
   * registers, it belongs to an earlier return. One that ended the thread came with its last exit.
   */
  private void takeEarly(Delivery early, ThreadState thread) {
    OpenFrame open = thread.open();
    if (early.fields().endsThread()) {
      end(thread);
    } else if (open != null && isAt(early.registers(), open)) {
      deliver(early, open, thread);
    }
  }

  /** Whether an event with these registers interrupted the place that the frame returns to. */
  private static boolean isAt(UserRegisters registers, OpenFrame open) {
    return !registers.isComplete()
        || open.returnsTo(registers.tested(), registers.get(PerfRegister.SP));
  }

  private void takeExit(ExitFrame frame, ThreadState thread) {
    switch (frame.path()) {
      case INTERRUPT -> takeInterrupt(frame, thread);
      case EXCEPTION -> takeFault(frame, thread);
      default -> takeSyscallExit(frame, thread);
    }
  }

  private void takeInterrupt(ExitFrame frame, ThreadState thread) {
    OpenFrame interrupt = unchanged(frame);
    if (thread.hasLostExit(frame.registers().rip())) {
      thread.leave();
    }
    switch (InterruptedPlace.of(frame, thread)) {
      case KERNEL -> {
        interrupt.closeInKernel();
        held.hold(interrupt);
      }
      case NOT_KNOWN -> {
        interrupt.doubt();
        interrupt.close(false);
        held.hold(interrupt);
      }
      case USER -> {
        InterruptedPlace.doubtUserSpace(interrupt, thread);
        open(interrupt, thread);
      }
    }
  }

  private void takeFault(ExitFrame frame, ThreadState thread) {
    // User code runs, so that a call which seems to be going on has lost its exit event.
    thread.leave();
    open(unchanged(frame), thread);
  }

  private OpenFrame unchanged(ExitFrame frame) {
    return new OpenFrame(
        frame, frames++, frame.entry(), frame.path(), frame.syscall(), false, false);
  }

  private void takeSyscallExit(ExitFrame frame, ThreadState thread) {
    CallExit exit = CallExit.of(frame, thread.leave());
    if (exit.isChild()) {
      thread.beginAnew();
    }
    OpenFrame opened =
        new OpenFrame(
            frame,
            frames++,
            exit.entry(),
            exit.path(thread.traced()),
            exit.syscall(),
            thread.takeEdited(),
            thread.stepped());
    if (isUnreadable(frame)) {
      opened.doubt();
    }
    open(opened, thread);
    Delivery early = thread.takeEarly();
    if (early != null) {
      takeEarly(early, thread);
    }
    if (frame.registers().rcx() == frame.registers().rip()) {
      thread.returnTo(frame.registers().rip());
    }
    if (exit.hasSucceeded()) {
      debugger.takeSuccess(exit.call());
    }
  }

  /** Whether the trace does not have the fields of a syscall's exit, which tell the way back. */
  private static boolean isUnreadable(ExitFrame frame) {
    return frame.syscall().isEmpty()
        && frame.event().filter(TracepointEvents.SYS_EXIT::equals).isPresent();
  }

  private void open(OpenFrame frame, ThreadState thread) {
    closeBefore(frame.recorded(), thread);
    thread.open(frame);
    held.hold(frame);
  }

  /**
   * Closes the thread's open frame, which was returned to before the thread came to its next frame.
   */
  private void closeBefore(ExitFrame next, ThreadState thread) {
    OpenFrame before = thread.takeOpen();
    if (before != null) {
      takeNext(before, next);
      close(before);
    }
  }

  /**
   * Takes what the thread's next frame shows of its open one. An interrupt or fault shows the code
   * that ran, such as a handler's, or that a syscall is about to be made again. The exit of a
   * syscall shows nothing: it may be that of a handler's rt_sigreturn, which goes back to such a
   * place.
   */
  private static void takeNext(OpenFrame before, ExitFrame next) {
    if (next.path() == EntryPath.EXCEPTION) {
      before.confirmUserSpace();
    }
    if (next.path() == EntryPath.INTERRUPT || next.path() == EntryPath.EXCEPTION) {
      before.runOn(OptionalLongCache.of(next.registers().cs()));
      restart(next.registers(), before);
    }
  }

  private static void restart(Registers again, OpenFrame before) {
    if (before.asksForRestart()
        && before.registers().rip() == again.rip() + Syscall.INSTRUCTION_BYTES) {
      before.restart();
    }
  }

  /** Closes the thread's open frame, if there is one: it was returned to. */
  private void close(ThreadState thread) {
    OpenFrame open = thread.takeOpen();
    if (open != null) {
      close(open);
    }
  }

  private void close(OpenFrame open) {
    open.close(signalsRecorded && (entersRecorded || !open.isInterrupt()));
  }

  @Override
  public Stage likelyStage() {
    return signalsRecorded ? Stage.FINAL : Stage.EARLY;
  }

  @Override
  public void pass(TraceRecord record) {
    held.add(record);
    held.handOn();
  }

  @Override
  public void end() {
    held.end();
  }
}
