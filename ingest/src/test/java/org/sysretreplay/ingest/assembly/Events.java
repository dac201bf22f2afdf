package org.sysretreplay.ingest.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.RseqAborted;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/** Builds the events of a small trace one after the other, and assembles them. */
final class Events {

  static final long THREAD = 7;
  static final long OTHER_THREAD = 8;
  static final long DEBUGGER = 9;

  static final long STACK = 0x7ffd_0000_1000L;

  /** The value of AX in the exit events of syscalls. */
  static final long RESULT_IN_AX = 0x55;

  /** A recording with all that the assembler uses. */
  static final Set<String> ALL =
      Set.of(
          TracepointEvents.SYS_ENTER,
          TracepointEvents.SYS_EXIT,
          TracepointEvents.SIGNAL_DELIVER,
          TracepointEvents.RSEQ_IP_FIXUP);

  private static final long PTRACE = 101;

  private final List<Sample> samples = new ArrayList<>();
  private OptionalLong tid = OptionalLong.of(THREAD);
  private OptionalLong rsp = OptionalLong.of(STACK);

  /** The events that follow are of that thread. */
  Events on(long thread) {
    tid = OptionalLong.of(thread);
    return this;
  }

  /** The events that follow do not say of which thread they are. */
  Events onNoThread() {
    tid = OptionalLong.empty();
    return this;
  }

  /** The events that follow have that stack pointer. */
  Events at(long stackPointer) {
    rsp = OptionalLong.of(stackPointer);
    return this;
  }

  /** The events that follow were recorded without SP. */
  Events withoutRsp() {
    rsp = OptionalLong.empty();
    return this;
  }

  Events enter(long number, Registers registers, long... arguments) {
    long[] four = Arrays.copyOf(arguments, 4);
    return add(
        TracepointEvents.SYS_ENTER,
        new SyscallEnter(number, four[0], four[1], four[2], four[3]),
        registers);
  }

  Events exit(long number, long result, Registers registers) {
    return add(
        TracepointEvents.SYS_EXIT,
        new SyscallExit(OptionalLong.of(number), OptionalLong.of(result)),
        registers);
  }

  /** A syscall from its start to its exit. */
  Events call(long number, long result, Registers registers) {
    return enter(number, registers).exit(number, result, registers);
  }

  Events fault(Registers registers) {
    return add("exceptions:page_fault_user", EventFields.NONE, registers);
  }

  Events interrupt(Registers registers) {
    return add("irq_vectors:local_timer_exit", EventFields.NONE, registers);
  }

  Events signal(long handler, Registers interrupted) {
    return signal(handler, 0, interrupted);
  }

  /**
   * A signal to a handler.
   *
   * @param flags the flags of the handler's installation
   */
  Events signal(long handler, long flags, Registers interrupted) {
    return add(
        TracepointEvents.SIGNAL_DELIVER, new SignalDelivered(14, handler, flags), interrupted);
  }

  /** A signal of that number. Its handler may be 0 (default action) or 1 (ignored). */
  Events signalOf(long number, long handler, Registers interrupted) {
    return add(
        TracepointEvents.SIGNAL_DELIVER, new SignalDelivered(number, handler, 0), interrupted);
  }

  Events rseqAborted(long ip, long abortIp, Registers registers) {
    return add(TracepointEvents.RSEQ_IP_FIXUP, new RseqAborted(ip, abortIp), registers);
  }

  /** An event whose fields the trace does not have. */
  Events unreadable(String event, Registers registers) {
    return add(event, EventFields.NONE, registers);
  }

  /** The exit of a syscall whose fields the trace does not have. */
  Events unreadableExit(Registers registers) {
    return add(
        TracepointEvents.SYS_EXIT,
        new SyscallExit(OptionalLong.empty(), OptionalLong.empty()),
        registers);
  }

  Events unused() {
    return add("sched:sched_switch", EventFields.NONE, Registers.ofSyscall(1, 2));
  }

  /** An event without registers; a reject if it is an exit. */
  Events exitWithoutRegisters(long number, long result) {
    return add(
        TracepointEvents.SYS_EXIT,
        new SyscallExit(OptionalLong.of(number), OptionalLong.of(result)),
        UserRegisters.NONE);
  }

  Events signalWithoutRegisters(long handler) {
    return add(
        TracepointEvents.SIGNAL_DELIVER, new SignalDelivered(14, handler, 0), UserRegisters.NONE);
  }

  /** A call of ptrace by the debugger, about {@link #THREAD}. */
  Events ptrace(long request, long address, long data, long result) {
    OptionalLong before = tid;
    on(DEBUGGER).enter(PTRACE, DEBUGGING, request, THREAD, address, data);
    exit(PTRACE, result, DEBUGGING);
    tid = before;
    return this;
  }

  private static final Registers DEBUGGING = Registers.ofSyscall(0x70_0000, 0x206);

  private Events add(String event, EventFields fields, Registers registers) {
    return add(event, fields, user(registers));
  }

  private Events add(String event, EventFields fields, UserRegisters registers) {
    return add(
        new Sample(
            Place.ofLine("events", samples.size() + 1L),
            event,
            OptionalLong.of(samples.size()),
            OptionalLong.of(0),
            new Task(tid, tid, Optional.of("x")),
            fields,
            registers));
  }

  Events add(Sample sample) {
    samples.add(sample);
    return this;
  }

  private UserRegisters user(Registers registers) {
    UserRegisters user = new UserRegisters(registers.cs() == 0x33 ? 2 : UserRegisters.ABI_32);
    user.put(PerfRegister.IP, registers.rip());
    user.put(PerfRegister.CX, registers.rcx());
    user.put(PerfRegister.R11, registers.r11());
    user.put(PerfRegister.FLAGS, registers.rflags());
    user.put(PerfRegister.CS, registers.cs());
    user.put(PerfRegister.SS, registers.ss());
    user.put(PerfRegister.AX, RESULT_IN_AX);
    rsp.ifPresent(it -> user.put(PerfRegister.SP, it));
    return user;
  }

  List<Sample> samples() {
    return samples;
  }

  /** Assembles the events of a recording that names all of them, with room to hold all records. */
  List<TraceRecord> assembled() {
    return assembled(ALL, Integer.MAX_VALUE);
  }

  List<TraceRecord> assembled(Set<String> recorded, int maxHeld) {
    List<TraceRecord> records = new ArrayList<>();
    give(new Assembler(() -> recorded, records::add, maxHeld));
    return records;
  }

  List<TraceRecord> asRecorded() {
    List<TraceRecord> records = new ArrayList<>();
    give(new AsRecordedSink(records::add));
    return records;
  }

  private void give(SampleSink sink) {
    for (Sample sample : samples) {
      sink.take(sample, interpret(sample));
    }
    sink.end();
  }

  static TraceRecord interpret(Sample sample) {
    return new SampleInterpreter(() -> new TraceHeader("6.1.0", "", "", "", ""))
        .interpret(sample, () -> "");
  }

  /** The frames that were returned to. */
  List<ExitFrame> frames() {
    return frames(assembled());
  }

  static List<ExitFrame> frames(List<TraceRecord> records) {
    return records.stream()
        .filter(Accepted.class::isInstance)
        .map(it -> ((Accepted) it).frame())
        .toList();
  }

  /** The first frame, also if it is of an interrupted kernel. */
  ExitFrame first() {
    return frames().get(0);
  }

  /** The only interrupt of the kernel. */
  ExitFrame inKernel() {
    List<ExitFrame> found =
        assembled().stream()
            .filter(InKernel.class::isInstance)
            .map(it -> ((InKernel) it).frame())
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("not one interrupt of the kernel but " + found);
    }
    return found.get(0);
  }
}
