package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sysretreplay.ingest.assembly.Events.STACK;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/** Sheet 5.10 and 6.2: whether an interrupt hit the program or the kernel. */
class InterruptTest {

  private static final long READ = 0;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers OTHER_CALL = Registers.ofSyscall(0x40_1802, 0x246);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  @Test
  void anInterruptOfTheProgramIsAReturn() {
    ExitFrame frame = events.interrupt(LOOP).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(LOOP);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void anInterruptInASyscallIsNoReturnAndKeepsItsRegistersAndNumber() {
    events.enter(READ, CALL).interrupt(CALL).interrupt(CALL).exit(READ, 5, CALL).fault(LOOP);

    List<TraceRecord> records = events.assembled();

    assertThat(records)
        .hasExactlyElementsOfTypes(
            Ignored.class, InKernel.class, InKernel.class, Accepted.class, Accepted.class);
    ExitFrame second = ((InKernel) records.get(2)).frame();
    assertThat(second.seq()).isEqualTo(1);
    assertThat(second.registers()).isEqualTo(CALL);
    assertThat(second.assembly().stage()).isEqualTo(Stage.IN_KERNEL);
    assertThat(events.frames()).extracting(ExitFrame::seq).containsExactly(2L, 3L);
  }

  @Test
  void anInterruptInASyscallDoesNotComeBetweenTheSyscallAndItsSignal() {
    events.enter(READ, CALL).interrupt(CALL).exit(READ, 5, CALL).signal(0x40_5000, CALL);

    assertThat(events.fault(LOOP).first().registers().rip()).isEqualTo(0x40_5000);
  }

  @Test
  void anInterruptElsewhereShowsThatTheCallHasLostItsExit() {
    events.enter(READ, CALL).interrupt(CALL).interrupt(LOOP).interrupt(LOOP).fault(LOOP);

    assertThat(events.frames())
        .extracting(ExitFrame::registers, it -> it.assembly().stage())
        .containsExactly(
            tuple(LOOP, Stage.FINAL), tuple(LOOP, Stage.FINAL), tuple(LOOP, Stage.EARLY));
    assertThat(events.inKernel().registers()).isEqualTo(CALL);
  }

  /** execve, rt_sigreturn and uretprobe; munmap has the number of execve in 32-bit code. */
  @ParameterizedTest
  @CsvSource({"59, 0", "15, 0", "335, 0", "11, 1"})
  void someCallsChangeTheirFramesBeforeTheyEnd(long number, int returns) {
    events.enter(number, CALL).interrupt(LOOP);

    assertThat(events.frames()).hasSize(returns);
  }

  @ParameterizedTest
  @CsvSource({"11, 0", "119, 0", "173, 0", "358, 0", "59, 0", "3, 1"})
  void in32BitCodeTheyHaveOtherNumbers(long number, int returns) {
    events.enter(number, CALL.with(Register.CS, 0x23)).interrupt(LOOP.with(Register.CS, 0x23));

    assertThat(events.frames()).hasSize(returns);
  }

  @Test
  void aDebuggerMayChangeTheFrameOfACall() {
    long stopAtSyscalls = 24;
    events.call(READ, 5, CALL).ptrace(stopAtSyscalls, 0, 0, 0).enter(READ, CALL).interrupt(LOOP);

    assertThat(events.frames()).extracting(ExitFrame::registers).doesNotContain(LOOP);
  }

  /** The start of the call, or all of it, was lost or filtered out. */
  @Test
  void anInterruptWithTheRegistersOfAnUnseenCallIsNotSure() {
    events.call(READ, 5, CALL).interrupt(OTHER_CALL).call(READ, 5, CALL).interrupt(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.FINAL, Stage.EARLY, Stage.FINAL, Stage.EARLY);
  }

  /** A loop may begin there, and leave RCX and R11 as the call did. */
  @Test
  void thePlaceThatTheLastCallReturnedToIsOfTheProgram() {
    events.call(READ, 5, CALL).interrupt(LOOP).interrupt(CALL).interrupt(LOOP).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.FINAL, Stage.FINAL, Stage.FINAL, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void beforeTheFirstExitOfAThreadItMayHaveHitACallThatBeganBeforeTheTrace() {
    events.interrupt(CALL).interrupt(CALL).exit(READ, 5, CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .startsWith(Stage.EARLY, Stage.EARLY, Stage.FINAL);
  }

  @Test
  void aFaultShowsThatItHitTheProgram() {
    events.interrupt(CALL).fault(LOOP);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void registersThatSyscallDoesNotMakeAreThoseOfTheProgram() {
    events.interrupt(LOOP).exit(READ, 5, CALL);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void anInterruptOfAnotherThreadIsAReturn() {
    events.enter(READ, CALL).on(Events.OTHER_THREAD).interrupt(LOOP);

    assertThat(events.frames()).hasSize(1);
  }

  @Test
  void onTheWayInTheInterruptHasTheRegistersThatTheSyscallIsAboutToShow() {
    events.interrupt(OTHER_CALL).enter(READ, OTHER_CALL).exit(READ, 5, OTHER_CALL);

    assertThat(events.inKernel().registers()).isEqualTo(OTHER_CALL);
  }

  @Test
  void onTheWayInTheStackIsTheSameToo() {
    events.at(STACK - 8).interrupt(OTHER_CALL).at(STACK).enter(READ, OTHER_CALL);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void aProgramWhoseRegistersAreNotThoseOfSyscallIsNotOnItsWayIn() {
    events.interrupt(LOOP).enter(READ, LOOP);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void aFrameThatAHandlerReplacedIsNotOnItsWayIn() {
    Registers interrupted = OTHER_CALL.with(Register.RIP, 0x40_5000);
    events.interrupt(interrupted).signal(OTHER_CALL.rip(), interrupted).enter(READ, OTHER_CALL);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void onTheWayOutNothingTellsWhetherTheProgramRanAgain() {
    events.call(READ, 5, CALL).interrupt(CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.FINAL, Stage.EARLY, Stage.EARLY);
  }

  @Test
  void anInterruptOnTheWayOutDoesNotComeBetweenTheSyscallAndItsSignal() {
    events.call(READ, 5, CALL).interrupt(CALL).signal(0x40_5000, CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .startsWith(Stage.AMENDED, Stage.EARLY);
  }

  @Test
  void anInterruptWithTheRegistersThatASignalReplacesHitTheKernel() {
    events.call(READ, 5, CALL).signal(0x40_5000, CALL).interrupt(CALL).fault(LOOP);

    assertThat(events.inKernel().registers()).isEqualTo(CALL);
    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.AMENDED, Stage.EARLY);
  }

  @Test
  void anInterruptWithTheRegistersOfTheInterruptThatASignalReplacesHitTheKernelToo() {
    events.interrupt(LOOP).signal(0x40_5000, LOOP).interrupt(LOOP).fault(OTHER_CALL);

    assertThat(events.inKernel().registers()).isEqualTo(LOOP);
  }

  @Test
  void onAnotherStackTheSameRegistersAreOfTheProgram() {
    events.call(READ, 5, CALL).signal(0x40_5000, CALL).at(STACK - 8).interrupt(CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.AMENDED, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void anInterruptOfTheHandlerIsAReturn() {
    Registers handler = CALL.with(Register.RIP, 0x40_5010);
    events.call(READ, 5, CALL).signal(0x40_5000, CALL).interrupt(handler).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.AMENDED, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void anInterruptAtAnotherPlaceShowsThatTheProgramRan() {
    events.call(READ, 5, CALL).interrupt(LOOP).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .startsWith(Stage.FINAL, Stage.FINAL);
  }

  @Test
  void twoInterruptsAtOnePlaceAreTwoReturns() {
    events.interrupt(LOOP).interrupt(LOOP).fault(LOOP);

    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .startsWith(Stage.FINAL, Stage.FINAL);
  }

  @Test
  void withoutTheStartsOfSyscallsNoInterruptIsSure() {
    events.exit(READ, 5, CALL).interrupt(LOOP).fault(LOOP).fault(LOOP);

    assertThat(Events.frames(events.assembled(Set.of(TracepointEvents.SIGNAL_DELIVER), 100)))
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.FINAL, Stage.EARLY, Stage.FINAL, Stage.EARLY);
  }

  /** Workers of io_uring and vhost have their maker's registers but for these two. */
  @Test
  void aWorkerThatNeverReturnsHasRipAndRspZero() {
    Registers worker = CALL.with(Register.RIP, 0);
    events.at(0).interrupt(worker).interrupt(worker.with(Register.CS, 0x23)).interrupt(worker);

    assertThat(events.assembled()).hasSize(3).containsOnly(Ignored.IGNORED);
    assertThat(events.asRecorded()).hasSize(3).containsOnly(Ignored.IGNORED);
  }

  @Test
  void aProgramMayBeInterruptedWithEitherOfThemZero() {
    Registers calledNull = LOOP.with(Register.RIP, 0);
    events.interrupt(calledNull).at(0).interrupt(LOOP).withoutRsp().interrupt(calledNull);

    assertThat(events.frames())
        .extracting(ExitFrame::registers)
        .containsExactly(calledNull, LOOP, calledNull);
  }

  @Test
  void aFaultWithBothZeroIsOfAProgram() {
    Registers calledNull = LOOP.with(Register.RIP, 0);

    assertThat(events.at(0).fault(calledNull).first().registers()).isEqualTo(calledNull);
  }

  /** perf writes -1 for all of them, so that one's interrupt tells nothing of another's. */
  @Test
  void aThreadThatHasEndedDoesNotReturn() {
    events.on(-1).interrupt(LOOP).interrupt(CALL).on(Events.THREAD).interrupt(LOOP);

    assertThat(events.assembled())
        .hasExactlyElementsOfTypes(Ignored.class, Ignored.class, Accepted.class);
    assertThat(events.asRecorded())
        .hasExactlyElementsOfTypes(Ignored.class, Ignored.class, Accepted.class);
  }
}
