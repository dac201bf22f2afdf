package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sysretreplay.ingest.assembly.Events.STACK;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceRecord;

/** Sheet 5.3: a syscall that is made again goes back to its instruction, and 5.12, rseq. */
class RestartTest {

  private static final long READ = 0;
  private static final long WRITE = 1;
  private static final long NANOSLEEP = 230;
  private static final long RESTART_SYSCALL = 219;
  private static final long RESTART_BLOCK = -516;
  private static final long HANDLER = 0x40_5000;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers CALL32 = new Registers(0x804_8002, 0, 0, 0x246, 0x23, 0x2b);
  private static final Registers AT_INSTRUCTION =
      new Registers(0x40_1000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  @ParameterizedTest
  @ValueSource(longs = {-512, -513, -514})
  void theSameCallNextShowsARestart(long result) {
    ExitFrame frame = events.call(READ, result, CALL).enter(READ, CALL).first();

    assertThat(frame.registers()).isEqualTo(AT_INSTRUCTION);
    assertThat(frame.rax()).hasValue(READ);
    assertThat(frame.rsp()).hasValue(STACK);
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_EXIT_WORK);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.cause()).contains(Cause.SYSCALL_RESTART);
    assertThat(frame.assembly().recorded().orElseThrow().registers()).isEqualTo(CALL);
  }

  @Test
  void aCallWithARestartBlockComesBackAsAnotherOne() {
    ExitFrame frame =
        events.call(NANOSLEEP, RESTART_BLOCK, CALL).enter(RESTART_SYSCALL, CALL).first();

    assertThat(frame.registers()).isEqualTo(AT_INSTRUCTION);
    assertThat(frame.rax()).hasValue(RESTART_SYSCALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void in32BitCodeItComesBackAsNumber0() {
    ExitFrame frame = events.call(162, RESTART_BLOCK, CALL32).enter(0, CALL32).first();

    assertThat(frame.registers().rip()).isEqualTo(0x804_8000);
    assertThat(frame.rax()).hasValue(0);
    assertThat(frame.cause()).contains(Cause.CODE_32_BIT);
    assertThat(frame.path()).isEqualTo(EntryPath.COMPAT_EXIT_WORK);
  }

  @Test
  void withARestartBlockTheCallItselfNextIsNoRestart() {
    ExitFrame frame = events.call(NANOSLEEP, RESTART_BLOCK, CALL).enter(NANOSLEEP, CALL).first();

    assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void anotherCallNextLeavesOpenWhatWasReturned() {
    ExitFrame frame = events.call(READ, -512, CALL).enter(WRITE, CALL).first();

    assertThat(frame.registers()).isEqualTo(CALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void theSameCallAtAnotherPlaceIsNoRestart() {
    Registers elsewhere = Registers.ofSyscall(0x40_7002, 0x246);

    assertThat(events.call(READ, -512, CALL).enter(READ, elsewhere).first().assembly().stage())
        .isEqualTo(Stage.EARLY);
  }

  @Test
  void theSameCallOnAnotherStackIsNoRestart() {
    events.call(READ, -512, CALL).at(STACK - 0x400).enter(READ, CALL);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @ParameterizedTest
  @ValueSource(longs = {-4, -511, -515, -517, 512, 0})
  void otherResultsAskForNoRestart(long result) {
    ExitFrame frame = events.call(READ, result, CALL).enter(READ, CALL).first();

    assertThat(frame.registers()).isEqualTo(CALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void anInterruptAtTheInstructionShowsARestart() {
    ExitFrame frame = events.call(READ, -512, CALL).interrupt(AT_INSTRUCTION).first();

    assertThat(frame.registers()).isEqualTo(AT_INSTRUCTION);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void aFaultAtTheInstructionShowsARestart() {
    assertThat(events.call(READ, -512, CALL).fault(AT_INSTRUCTION).first().registers())
        .isEqualTo(AT_INSTRUCTION);
  }

  @Test
  void anInterruptElsewhereLeavesOpenWhatWasReturned() {
    assertThat(events.call(READ, -512, CALL).interrupt(LOOP).first().assembly().stage())
        .isEqualTo(Stage.EARLY);
  }

  @Test
  void aHandlerRunsFirstAndNothingIsRestartedBehindIt() {
    events.call(READ, -512, CALL).signal(HANDLER, CALL).enter(READ, CALL);

    assertThat(events.first().registers().rip()).isEqualTo(HANDLER);
  }

  @Test
  void theResultOfRtSigreturnIsARegisterAndAsksForNothing() {
    events.enter(15, LOOP).exit(-1, -512, CALL).enter(-1, CALL);

    assertThat(events.first().registers()).isEqualTo(CALL);
    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void withoutTheStartsOfSyscallsARestartIsNotSeen() {
    ExitFrame frame =
        Events.frames(
                events
                    .exit(READ, -512, CALL)
                    .exit(READ, 5, CALL)
                    .assembled(Set.of(TracepointEvents.SIGNAL_DELIVER), 100))
            .get(0);

    assertThat(frame.registers()).isEqualTo(CALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
  }

  /** A handler ran, and its rt_sigreturn goes back to make the call again. */
  @Test
  void theReturnFromAHandlerToTheInstructionShowsNoRestart() {
    events.exit(READ, -512, CALL).exit(-1, 0, AT_INSTRUCTION).exit(READ, 5, CALL);

    for (List<TraceRecord> records :
        List.of(events.assembled(), exitsOnly(), events.assembled(Set.of(), 100))) {
      ExitFrame frame = Events.frames(records).get(0);
      assertThat(frame.registers()).isEqualTo(CALL);
      assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
      assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
    }
  }

  @Test
  void whereOnlyExitsAreRecordedNoFrameWaitsForTheNext() {
    events.exit(READ, -512, CALL).exit(READ, 5, CALL).exit(56, 0, CALL);

    assertThat(Events.frames(exitsOnly()))
        .extracting(ExitFrame::path)
        .containsExactly(
            EntryPath.SYSCALL_NO_WORK, EntryPath.SYSCALL_NO_WORK, EntryPath.FORK_CHILD);
    assertThat(Events.frames(exitsOnly()))
        .allMatch(it -> it.assembly().stage() == Stage.EARLY)
        .extracting(ExitFrame::seq)
        .containsExactly(0L, 1L, 2L);
  }

  /** The events as those of a recording of exits of syscalls alone, before its end. */
  private List<TraceRecord> exitsOnly() {
    List<TraceRecord> records = new ArrayList<>();
    SampleSink sink =
        SampleSink.of(
            Reading.ASSEMBLED,
            Set.of(TracepointEvents.SYS_EXIT, "sched:sched_switch"),
            Sampling.WHOLE,
            records::add);
    events.samples().forEach(it -> sink.take(it, Events.interpret(it)));
    return records;
  }

  // Restartable sequences

  @Test
  void anAbortedSequenceReturnsToItsAbortHandler() {
    ExitFrame frame =
        events.interrupt(LOOP).rseqAborted(LOOP.rip(), 0x40_9000, LOOP).fault(LOOP).first();

    assertThat(frame.registers())
        .isEqualTo(new Registers(0x40_9000, 0x11, 0x22, 0x246, 0x33, 0x2b));
    assertThat(frame.rsp()).hasValue(STACK);
    assertThat(frame.rax()).hasValue(Events.RESULT_IN_AX);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.cause()).contains(Cause.RSEQ_ABORT);
  }

  @Test
  void anAbortElsewhereIsNotOfThisFrame() {
    ExitFrame frame =
        events.interrupt(LOOP).rseqAborted(LOOP.rip() + 1, 0x40_9000, LOOP).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(LOOP);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void anAbortBehindASignalConcernsWhatTheHandlerReturnsTo() {
    events.interrupt(LOOP).signal(HANDLER, LOOP).rseqAborted(LOOP.rip(), 0x40_9000, LOOP);

    ExitFrame frame = events.fault(LOOP).first();

    assertThat(frame.registers().rip()).isEqualTo(HANDLER);
    assertThat(frame.cause()).contains(Cause.SIGNAL_DELIVERY);
  }
}
