package org.sysretreplay.ingest.assembly;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Amendment;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Rflags;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/**
 * A frame that has not been returned to yet: later events of its thread may show that its registers
 * were changed.
 */
final class OpenFrame implements HeldRecord {

  /** The flags that signal delivery clears before the handler runs (sheet 5.2). */
  private static final long CLEARED_FOR_HANDLER =
      Rflags.DF.mask() | Rflags.RF.mask() | Rflags.TF.mask();

  private final ExitFrame recorded;
  private final long seq;
  private final EntryKind entry;
  private final OptionalLong syscall;
  private final boolean stepped;
  private EntryPath path;
  private boolean edited;

  /** Whether a register may have been written of which the trace does not tell the value. */
  private boolean uncertain;

  /** Whether the thread may have been in a system call of which nothing was recorded. */
  private boolean inUnseenCall;

  /** Whether it is not known yet if the handler that is returned to is 32-bit code. */
  private boolean handlerOpen;

  private Registers registers;
  private OptionalLong rsp;
  private OptionalLong rax;
  private Optional<Amendment> amendment = Optional.empty();

  /** The finished record; null while the frame is open. */
  private TraceRecord record;

  /**
   * An open frame as its event carried it.
   *
   * @param seq its number
   * @param entry how the kernel was entered, as the thread's history tells
   * @param syscall the number of the syscall that returns, as the thread's history tells
   * @param edited whether a debugger wrote the thread's registers since it entered the kernel
   * @param stepped whether a debugger steps the thread
   */
  OpenFrame(
      ExitFrame recorded,
      long seq,
      EntryKind entry,
      EntryPath path,
      OptionalLong syscall,
      boolean edited,
      boolean stepped) {
    this.recorded = recorded;
    this.seq = seq;
    this.entry = entry;
    this.path = path;
    this.syscall = syscall;
    this.edited = edited;
    this.stepped = stepped;
    registers = recorded.registers();
    rsp = recorded.rsp();
    rax = recorded.rax();
  }

  @Override
  public TraceRecord record() {
    return record;
  }

  boolean isOpen() {
    return record == null;
  }

  /** The frame as its event carried it. */
  ExitFrame recorded() {
    return recorded;
  }

  /** The registers as far as later events have changed them. */
  Registers registers() {
    return registers;
  }

  /** Whether later events have changed the registers. */
  boolean isAmended() {
    return amendment.isPresent();
  }

  boolean isInterrupt() {
    return path == EntryPath.INTERRUPT;
  }

  boolean isOfSyscall() {
    return path != EntryPath.INTERRUPT && path != EntryPath.EXCEPTION;
  }

  /** Whether the next instruction traps. */
  boolean isStepped() {
    return Rflags.TF.in(registers.rflags());
  }

  /** Whether these are the frame's present registers, as far as both stack pointers are known. */
  boolean isAt(Registers other, OptionalLong otherRsp) {
    return registers.equals(other) && isOnStack(rsp, otherRsp);
  }

  /** Whether these are the registers of the event, and the frame has other ones by now. */
  boolean replaces(Registers other, OptionalLong otherRsp) {
    return isAmended()
        && recorded.registers().equals(other)
        && isOnStack(recorded.rsp(), otherRsp)
        && !isAt(other, otherRsp);
  }

  /** Whether the thread was interrupted where this frame returns to. */
  boolean returnsTo(Registers interrupted, OptionalLong interruptedRsp) {
    return registers.rip() == interrupted.rip() && isOnStack(rsp, interruptedRsp);
  }

  private static boolean isOnStack(OptionalLong rsp, OptionalLong otherRsp) {
    return rsp.isEmpty() || otherRsp.isEmpty() || rsp.equals(otherRsp);
  }

  /**
   * Whether the result asks for the syscall to be made again, which the program never sees. The
   * kernel looks at it after a debugger's edits, and before a handler starts.
   */
  boolean asksForRestart() {
    return Syscall.asksForRestart(recorded.result().orElse(0))
        && (amendment.isEmpty() || amendment.get() == Amendment.PTRACE_EDIT)
        && !Syscall.isSigreturn(recorded.syscall().orElse(0));
  }

  /** The number of the syscall that a restart makes. */
  long restarted() {
    return Syscall.restarted(
        recorded.syscall().orElse(0), recorded.result().orElse(0), entry == EntryKind.COMPAT);
  }

  /** Notes that the trace does not tell whether the frame was returned to as it is. */
  void doubt() {
    uncertain = true;
  }

  /** The thread may have been in a system call that began before the trace. */
  void doubtUserSpace() {
    inUnseenCall = true;
  }

  /** What the thread did next is done from user space. */
  void confirmUserSpace() {
    inUnseenCall = false;
  }

  /** A debugger wrote registers, and the trace does not tell the values. */
  void edit() {
    edited = true;
    uncertain = true;
  }

  /** A debugger wrote one register. */
  void edit(Registers written) {
    edited = true;
    amend(Amendment.PTRACE_EDIT, written, rsp, rax);
  }

  /** A signal's handler runs next; its delivery shows all registers that it interrupted. */
  void deliver(Registers interrupted, SignalDelivered signal) {
    uncertain = false;
    start(interrupted, signal);
  }

  /** A signal's handler runs next; its delivery does not show what it interrupted. */
  void deliver(SignalDelivered signal) {
    start(registers, signal);
  }

  /** A signal's handler starts (sheet 5.2). RCX and R11 stay as they were interrupted. */
  private void start(Registers interrupted, SignalDelivered signal) {
    Registers started =
        interrupted
            .with(Register.RIP, signal.handler())
            .with(Register.RFLAGS, interrupted.rflags() & ~CLEARED_FOR_HANDLER);
    amend(
        Amendment.SIGNAL_DELIVERY,
        inUserCode(started, signal),
        OptionalLong.empty(),
        OptionalLong.of(0));
  }

  /**
   * The registers with the code segment that the handler starts in. The handler's installation
   * decides, and not the interrupted code (sheet 12.2). If the trace does not tell how it was
   * installed, 64-bit code is taken to run a 64-bit handler; for 32-bit code that stays open.
   */
  private Registers inUserCode(Registers started, SignalDelivered signal) {
    if (signal.isFor32BitCode()) {
      return started.with(Register.CS, Selector.USER32_CS).with(Register.SS, Selector.USER_DS);
    }
    boolean from32 = Selector.in(started.cs()) == Selector.USER32_CS;
    handlerOpen = from32 && !signal.isAbove32Bit();
    return handlerOpen ? started : started.with(Register.CS, Selector.USER_CS);
  }

  /**
   * The thread was seen in code of that segment next, which decides for a handler that was started.
   */
  void runOn(OptionalLong cs) {
    if (handlerOpen && cs.isPresent()) {
      int selector = Selector.in(cs.getAsLong());
      handlerOpen = selector != Selector.USER_CS && selector != Selector.USER32_CS;
      registers = handlerOpen ? registers : registers.with(Register.CS, selector);
    }
  }

  /** The syscall is made again (sheet 5.3). */
  void restart() {
    Registers again = registers.with(Register.RIP, registers.rip() - Syscall.INSTRUCTION_BYTES);
    amend(Amendment.RESTART, again, rsp, OptionalLong.of(restarted()));
  }

  /** The thread goes on at the abort handler of its restartable sequence (sheet 5.12). */
  void abort(long abortIp) {
    amend(Amendment.RSEQ_ABORT, registers.with(Register.RIP, abortIp), rsp, rax);
  }

  private void amend(Amendment by, Registers after, OptionalLong rspAfter, OptionalLong raxAfter) {
    amendment = Optional.of(by);
    registers = after;
    rsp = rspAfter;
    rax = raxAfter;
    path = path.withWork();
  }

  /**
   * Finishes the frame with its present registers: it was returned to.
   *
   * @param followed whether the trace shows that nothing else can have changed it
   */
  void close(boolean followed) {
    record = new Accepted(frame(stage(followed)));
  }

  /** Finishes the frame as no return: the interrupt hit the kernel. */
  void closeInKernel() {
    record = new InKernel(frame(Stage.IN_KERNEL));
  }

  private Stage stage(boolean followed) {
    if (uncertain || handlerOpen || asksForRestart()) {
      return Stage.EARLY;
    }
    if (amendment.isPresent()) {
      return Stage.AMENDED;
    }
    return followed && !inUnseenCall ? Stage.FINAL : Stage.EARLY;
  }

  private Recorded asRecorded() {
    return new Recorded(
        recorded.entry(), recorded.path(), recorded.registers(), recorded.rsp(), recorded.rax());
  }

  /** The finished frame; the recorded one where nothing was changed (benchmark IngestBench). */
  private ExitFrame frame(Stage stage) {
    Assembly by = assembly(stage);
    if (by == recorded.assembly() && syscall == recorded.syscall() && seq == recorded.seq()) {
      return recorded;
    }
    return new ExitFrame(
        seq,
        recorded.timeNanos(),
        recorded.cpu(),
        recorded.task(),
        entry,
        recorded.event(),
        syscall,
        recorded.result(),
        registers,
        rsp,
        rax,
        by);
  }

  private Assembly assembly(Stage stage) {
    boolean asRecorded =
        amendment.isEmpty() && entry == recorded.entry() && path == recorded.path();
    if (asRecorded) {
      // The frame has a cause from its event alone, which only a debugger can change.
      Optional<Cause> cause = edited || stepped ? cause() : recorded.cause();
      return Assembly.unchanged(path, stage, cause);
    }
    return new Assembly(path, stage, cause(), Optional.of(asRecorded()));
  }

  private Optional<Cause> cause() {
    boolean uprobe = Circumstances.isUprobe(entry, path, syscall);
    return Cause.of(new Circumstances(entry, path, registers, amendment, edited, stepped, uprobe));
  }
}
