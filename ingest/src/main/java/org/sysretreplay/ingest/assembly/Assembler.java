package org.sysretreplay.ingest.assembly;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.EventFields.RseqAborted;
import org.sysretreplay.ingest.EventFields.SignalDelivered;
import org.sysretreplay.ingest.EventFields.SyscallEnter;
import org.sysretreplay.ingest.EventFields.SyscallExit;
import org.sysretreplay.ingest.PerfRegister;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Accepted;
import org.sysretreplay.ingest.TracepointEvents;
import org.sysretreplay.ingest.UserRegisters;
import org.sysretreplay.ingest.assembly.ThreadState.Call;
import org.sysretreplay.ingest.assembly.ThreadState.Delivery;

/**
 * Follows every thread through its events, so that a frame is the one that was really returned to
 * (sheet 5, 6.1 and 6.2). FORMATS.md states the rules, and which events they need.
 *
 * <p>A frame stays open until its thread's next event shows what came of it. Records are handed on
 * in the order in which they came, so what follows an open frame waits for it; when too many wait,
 * the oldest is closed with what is known.
 */
final class Assembler implements SampleSink {

  /** How many records wait at most; each is some hundred bytes. */
  static final int MAX_HELD = 1 << 16;

  private final Supplier<Set<String>> recordedEvents;
  private final Consumer<TraceRecord> to;
  private final int maxHeld;
  private final ArrayDeque<Slot> held = new ArrayDeque<>();
  private final Threads threads = new Threads();
  private long frames;
  private boolean started;
  private boolean entersRecorded;
  private boolean signalsRecorded;

  /**
   * An assembler at the start of a trace.
   *
   * @param recordedEvents the names of the recorded events, as far as the trace says; asked for
   *     once, with the first sample
   * @param maxHeld how many records wait at most
   */
  Assembler(Supplier<Set<String>> recordedEvents, Consumer<TraceRecord> to, int maxHeld) {
    this.recordedEvents = recordedEvents;
    this.to = to;
    this.maxHeld = maxHeld;
  }

  /** The threads of the trace; of very many, those that were not seen for long are forgotten. */
  private final class Threads extends LinkedHashMap<Long, ThreadState> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_THREADS = 1 << 16;

    Threads() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, ThreadState> eldest) {
      boolean tooMany = size() > MAX_THREADS;
      if (tooMany) {
        eldest.getValue().takeOpen().ifPresent(it -> it.close(false));
      }
      return tooMany;
    }
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    noteEvents(sample.fields());
    OptionalLong tid = sample.task().tid();
    if (tid.isEmpty()) {
      hold(Slot.of(numbered(record)));
    } else {
      ThreadState thread = threads.computeIfAbsent(tid.getAsLong(), it -> new ThreadState());
      if (numbered(record) instanceof Accepted exit) {
        takeExit(exit.frame(), sample, thread);
      } else {
        takeEvidence(sample, thread);
        hold(Slot.of(record));
      }
    }
    handOn();
  }

  private TraceRecord numbered(TraceRecord record) {
    return record instanceof Accepted exit ? new Accepted(exit.frame().numbered(frames++)) : record;
  }

  /** Which evidence there is: as the trace's header says, or as soon as an event is seen. */
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
      thread
          .open()
          .filter(it -> it.registers().rip() == rseq.ip())
          .ifPresent(it -> it.abort(rseq.abortIp()));
    } else if (fields instanceof SyscallExit) {
      // The exit could not be read; the call is over all the same.
      thread.leave();
      close(thread);
    }
  }

  private void takeEnter(SyscallEnter enter, UserRegisters registers, ThreadState thread) {
    thread.open().ifPresent(open -> restart(enter, registers, open));
    if (isBeforeEnter(thread.open(), registers)) {
      thread.takeOpen().ifPresent(Slot::closeInKernel);
    }
    close(thread);
    thread.enter(new Call(enter, registers));
    PtraceCall.of(enter, registers).ifPresent(this::resume);
  }

  /** The call that is made again is made at the same place; a handler may make the same call. */
  private static void restart(SyscallEnter enter, UserRegisters registers, OpenFrame open) {
    if (open.asksForRestart() && enter.number() == open.restarted() && isAt(registers, open)) {
      open.restart();
    }
  }

  /**
   * Whether the open frame is of an interrupt on the way in: it has the registers that SYSCALL made
   * and that the syscall's own event shows.
   */
  private static boolean isBeforeEnter(Optional<OpenFrame> open, UserRegisters entered) {
    return open.isPresent()
        && open.get().isInterrupt()
        && !open.get().isAmended()
        && open.get().registers().rcx() == open.get().registers().rip()
        && entered.missing().isEmpty()
        && open.get().isAt(entered.tested(), entered.get(PerfRegister.SP));
  }

  private void takeSignal(Delivery delivery, ThreadState thread) {
    if (!delivery.fields().hasHandler()) {
      return;
    }
    if (thread.call().isPresent()) {
      thread.deliverEarly(delivery);
      return;
    }
    Optional<OpenFrame> open = thread.open();
    if (open.isPresent()) {
      deliver(delivery, open.get(), thread);
    }
  }

  /** A signal that interrupted another frame came with a return that was not recorded. */
  private void deliver(Delivery delivery, OpenFrame open, ThreadState thread) {
    if (!isAt(delivery.registers(), open)) {
      close(thread);
    } else if (delivery.registers().missing().isEmpty()) {
      open.deliver(delivery.registers().tested(), delivery.fields().handler());
    } else {
      open.deliver(open.registers(), delivery.fields().handler());
    }
  }

  /** Of another frame it tells nothing: that one was before this exit. */
  private void takeEarly(Delivery early, ThreadState thread) {
    thread
        .open()
        .filter(it -> isAt(early.registers(), it))
        .ifPresent(it -> deliver(early, it, thread));
  }

  /** Whether an event with these registers is of a thread that returns to where that frame does. */
  private static boolean isAt(UserRegisters registers, OpenFrame open) {
    return !registers.missing().isEmpty()
        || open.returnsTo(registers.tested(), registers.get(PerfRegister.SP));
  }

  /** A debugger lets a thread run on, which may come to its next event before the call returns. */
  private void resume(PtraceCall call) {
    ThreadState thread = threads.get(call.tid());
    if (thread != null) {
      switch (call.effect()) {
        case RESUME -> resume(thread, false, false);
        case RESUME_TRACED -> resume(thread, true, false);
        case RESUME_STEPPED -> resume(thread, true, true);
        case NONE, EDIT -> {
          // It stays stopped.
        }
      }
    }
  }

  /** Where stepping begins or ends, TF of the stopped frame is written, if it still is this one. */
  private static void resume(ThreadState thread, boolean traced, boolean stepped) {
    if (!thread.isResumed() && (stepped || thread.stepped())) {
      thread.open().filter(it -> it.isStepped() != stepped).ifPresent(OpenFrame::doubt);
    }
    thread.resumed(traced, stepped);
  }

  /** A debugger has written registers of a thread, which is stopped all the while. */
  private void edit(PtraceCall call) {
    ThreadState thread = threads.get(call.tid());
    if (thread == null || call.effect() != PtraceCall.Effect.EDIT) {
      return;
    }
    Optional<OpenFrame> open = thread.open();
    if (open.isPresent() && isStoppedAtExit(open.get(), thread)) {
      call.written(open.get().registers()).ifPresentOrElse(open.get()::edit, open.get()::edit);
    } else {
      // The stop at a syscall's entry comes before its event, and may be the one that this is at.
      open.ifPresent(OpenFrame::doubt);
      thread.editBeforeExit();
    }
  }

  /** Whether the thread cannot have gone on since the exit that its debugger has it stop at. */
  private static boolean isStoppedAtExit(OpenFrame open, ThreadState thread) {
    return open.isOfSyscall() && thread.traced() && !thread.isResumed();
  }

  private void takeExit(ExitFrame frame, Sample sample, ThreadState thread) {
    switch (frame.path()) {
      case INTERRUPT -> takeInterrupt(frame, thread);
      case EXCEPTION -> takeFault(frame, thread);
      default -> takeSyscallExit(frame, sample, thread);
    }
  }

  private void takeInterrupt(ExitFrame frame, ThreadState thread) {
    OpenFrame interrupt = new OpenFrame(frame, frame.entry(), frame.path(), false, false);
    if (thread.call().isPresent() || isBeforeAmendment(frame, thread)) {
      Slot slot = Slot.of(interrupt);
      slot.closeInKernel();
      hold(slot);
    } else if (isOnTheWayOut(frame, thread)) {
      interrupt.doubt();
      Slot slot = Slot.of(interrupt);
      slot.close(false);
      hold(slot);
    } else {
      open(interrupt, thread);
    }
  }

  /**
   * Whether the interrupt came with the very registers that are about to be returned to: the kernel
   * was still on its way out, or the program had not run one instruction. Nothing tells which.
   */
  private static boolean isOnTheWayOut(ExitFrame frame, ThreadState thread) {
    return thread
        .open()
        .filter(it -> !it.isInterrupt() && it.isAt(frame.registers(), frame.rsp()))
        .isPresent();
  }

  /**
   * Whether the interrupt came with registers that will not be returned to, because something has
   * changed the frame since: the kernel was on its way out and had not written them yet.
   */
  private static boolean isBeforeAmendment(ExitFrame frame, ThreadState thread) {
    return thread.open().filter(it -> it.replaces(frame.registers(), frame.rsp())).isPresent();
  }

  private void takeFault(ExitFrame frame, ThreadState thread) {
    // User code runs, so a call that seems to go on has lost its exit event.
    thread.leave();
    open(new OpenFrame(frame, frame.entry(), frame.path(), false, false), thread);
  }

  private void takeSyscallExit(ExitFrame frame, Sample sample, ThreadState thread) {
    Optional<Call> call = thread.leave().filter(it -> isOf(it.fields(), frame));
    boolean child = call.isEmpty() && isChild(frame);
    EntryKind entry = child && frame.entry() == EntryKind.SYSCALL ? EntryKind.FORK : frame.entry();
    EntryPath path =
        child ? EntryPath.of(EntryKind.FORK, frame.registers()) : path(frame, call, thread);
    open(new OpenFrame(frame, entry, path, thread.takeEdited(), thread.stepped()), thread);
    thread.takeEarly().ifPresent(it -> takeEarly(it, thread));
    if (sample.result().orElse(-1) == 0) {
      call.flatMap(it -> PtraceCall.of(it.fields(), it.registers())).ifPresent(this::edit);
    }
  }

  /** Whether the exit belongs to that call, and not to a new thread of the same number. */
  private static boolean isOf(SyscallEnter call, ExitFrame exit) {
    return exit.syscall().isEmpty()
        || exit.syscall().getAsLong() == call.number()
        || Syscall.isSigreturn(exit.syscall().getAsLong());
  }

  /** Only the child returns 0 from a call that makes a task. */
  private static boolean isChild(ExitFrame frame) {
    if (frame.syscall().isEmpty() || frame.result().orElse(-1) != 0) {
      return false;
    }
    return frame.entry() == EntryKind.COMPAT
        ? Syscall.makesTask32(frame.syscall().getAsLong())
        : Syscall.makesTask(frame.syscall().getAsLong());
  }

  private static EntryPath path(ExitFrame frame, Optional<Call> call, ThreadState thread) {
    boolean fromExecve =
        frame.path() == EntryPath.COMPAT
            && frame.result().orElse(-1) == 0
            && call.filter(Assembler::isExecveOf64BitCode).isPresent();
    if (fromExecve) {
      return EntryPath.EXECVE;
    }
    // A program may call number -1; rt_sigreturn shows that number at its exit only.
    boolean sigreturn = call.filter(it -> Syscall.isSigreturn(it.fields().number())).isEmpty();
    boolean plain =
        frame.path() == EntryPath.SYSCALL_NO_WORK
            || frame.path() == EntryPath.RT_SIGRETURN && !sigreturn;
    if (plain) {
      return thread.traced() ? EntryPath.SYSCALL_TRACED : EntryPath.SYSCALL_NO_WORK;
    }
    return frame.path();
  }

  private static boolean isExecveOf64BitCode(Call call) {
    return Syscall.isExecve(call.fields().number())
        && call.registers().get(PerfRegister.CS).isPresent()
        && Selector.in(call.registers().get(PerfRegister.CS).getAsLong()) == Selector.USER_CS;
  }

  private void open(OpenFrame frame, ThreadState thread) {
    thread.open().ifPresent(before -> takeNext(before, frame.recorded()));
    close(thread);
    Slot slot = Slot.of(frame);
    thread.open(slot);
    hold(slot);
  }

  /** Interrupted at the SYSCALL instruction that it is about to make again. */
  private static void takeNext(OpenFrame before, ExitFrame next) {
    Registers again = next.registers();
    if (before.asksForRestart()
        && before.registers().rip() == again.rip() + Syscall.INSTRUCTION_BYTES) {
      before.restart();
    }
  }

  /** The thread has gone on: its open frame, if any, was returned to. */
  private void close(ThreadState thread) {
    thread.takeOpen().ifPresent(slot -> slot.close(isFollowed(slot)));
  }

  private boolean isFollowed(Slot slot) {
    boolean interrupt = slot.open().filter(OpenFrame::isInterrupt).isPresent();
    return signalsRecorded && (entersRecorded || !interrupt);
  }

  @Override
  public void pass(TraceRecord record) {
    hold(Slot.of(record));
    handOn();
  }

  private void hold(Slot slot) {
    held.add(slot);
    if (held.size() > maxHeld) {
      Slot oldest = held.element();
      if (oldest.open().isPresent()) {
        oldest.close(false);
      }
    }
  }

  private void handOn() {
    while (!held.isEmpty() && held.element().open().isEmpty()) {
      to.accept(held.remove().record());
    }
  }

  @Override
  public void end() {
    held.stream().filter(slot -> slot.open().isPresent()).forEach(slot -> slot.close(false));
    handOn();
  }
}
