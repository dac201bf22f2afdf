package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sysretreplay.ingest.assembly.Events.STACK;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/** Sheet 5.7 and 5.8: how a debugger's ptrace calls change the frames of its thread. */
class DebuggerTest {

  private static final long POKEUSER = 6;
  private static final long CONT = 7;
  private static final long SINGLESTEP = 9;
  private static final long SETREGS = 13;
  private static final long DETACH = 17;
  private static final long SYSCALL = 24;
  private static final long SETREGSET = 0x4205;

  private static final long READ = 0;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers STEPPED_CALL = Registers.ofSyscall(0x40_1002, 0x346);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  /** The thread has run before, and its debugger has it stop at every syscall from now on. */
  private Events traced() {
    return events.fault(LOOP).ptrace(SYSCALL, 0, 0, 0);
  }

  private ExitFrame second() {
    return ofThread().get(1);
  }

  /** The frames of the thread, without those of its debugger. */
  private List<ExitFrame> ofThread() {
    return events.frames().stream()
        .filter(it -> it.task().tid().getAsLong() == Events.THREAD)
        .toList();
  }

  // Writing registers

  @ParameterizedTest
  @CsvSource({"48, R11", "88, RCX", "128, RIP", "136, CS", "160, SS"})
  void aRegisterWrittenAtTheExitStopIsInTheFrame(long offset, Register register) {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, offset, 0x7b, 0).fault(LOOP);

    ExitFrame frame = second();

    assertThat(frame.registers()).isEqualTo(CALL.with(register, 0x7b));
    assertThat(frame.rsp()).hasValue(STACK);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_TRACED);
    assertThat(frame.assembly().recorded().orElseThrow().registers()).isEqualTo(CALL);
  }

  @Test
  void anEditThatSpoilsTheFrameIsItsCause() {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0).fault(LOOP);

    assertThat(second().cause()).contains(Cause.PTRACE_EDIT);
  }

  @Test
  void editingRipAndRcxAlikeLeavesTheFrameClean() {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0);
    events.ptrace(POKEUSER, 88, 0x40_7000, 0).fault(LOOP);

    assertThat(second().registers()).isEqualTo(Registers.ofSyscall(0x40_7000, 0x246));
    assertThat(second().assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(second().cause()).isEmpty();
  }

  @Test
  void ofTheFlagsADebuggerCanWriteSomeOnly() {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 144, ~0x246L, 0).fault(LOOP);

    assertThat(second().registers().rflags())
        .isEqualTo(0x246 & ~0x5_4dd5 | ~0x246 & 0x5_4dd5)
        .isEqualTo(0x5_4f93);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 80, 120, 152})
  void aRegisterThatIsNotTestedLeavesTheFrameEarly(long offset) {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, offset, 1, 0).fault(LOOP);

    assertThat(second().registers()).isEqualTo(CALL);
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @ParameterizedTest
  @ValueSource(longs = {SETREGS, SETREGSET})
  void whatSetregsWritesTheTraceDoesNotTell(long request) {
    traced().call(READ, 5, CALL).ptrace(request, 0, 0x7ffd_0000_0000L, 0).fault(LOOP);

    assertThat(second().registers()).isEqualTo(CALL);
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @ParameterizedTest
  @ValueSource(longs = {SETREGS, SETREGSET})
  void norDoesItTellWhatSetregsWritesOverOneRegister(long request) {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0);
    events.ptrace(request, 0, 0x7ffd_0000_0000L, 0).fault(LOOP);

    assertThat(second().registers().rip()).isEqualTo(0x40_7000);
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @ParameterizedTest
  @ValueSource(longs = {SETREGS, SETREGSET})
  void oneRegisterWrittenOverSetregsTellsNothingOfTheOthers(long request) {
    traced().call(READ, 5, CALL).ptrace(request, 0, 0x7ffd_0000_0000L, 0);
    events.ptrace(POKEUSER, 128, 0x40_7000, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void aDeliveryShowsWhatWasWritten() {
    Registers edited = CALL.with(Register.R11, 0x77);
    traced().call(READ, 5, CALL).ptrace(SETREGS, 0, 0x7ffd_0000_0000L, 0);
    events.ptrace(SYSCALL, 0, 0, 0).signal(0x40_5000, edited).fault(LOOP);

    assertThat(second().registers()).isEqualTo(edited.with(Register.RIP, 0x40_5000));
    assertThat(second().assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void aDeliveryWithoutRegistersDoesNot() {
    traced().call(READ, 5, CALL).ptrace(SETREGS, 0, 0x7ffd_0000_0000L, 0);
    events.ptrace(SYSCALL, 0, 0, 0).signalWithoutRegisters(0x40_5000).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  /** The kernel makes the call again after the stop, and takes two bytes from the RIP written. */
  @Test
  void anEditedCallThatAsksForARestartIsMadeAgain() {
    traced().call(READ, -512, CALL).ptrace(POKEUSER, 128, 0x40_7002, 0);
    events.enter(READ, Registers.ofSyscall(0x40_7002, 0x246));

    assertThat(second().registers()).isEqualTo(CALL.with(Register.RIP, 0x40_7000));
    assertThat(second().assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void anEditedCallThatAsksForARestartIsEarlyWhereNothingShowsIt() {
    traced().call(READ, -512, CALL).ptrace(POKEUSER, 48, 0x77, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void aCallThatFailsWritesNothing() {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, -3).fault(LOOP);

    assertThat(second().registers()).isEqualTo(CALL);
    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 12, 0x4206, 0x4204, 0x420e})
  void readingRegistersChangesNothing(long request) {
    traced().call(READ, 5, CALL).ptrace(request, 0, 0, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(second().path()).isEqualTo(EntryPath.SYSCALL_TRACED);
  }

  @Test
  void anEditAboutAThreadThatIsNotInTheTraceIsPassedOver() {
    events.ptrace(POKEUSER, 128, 1, 0).ptrace(CONT, 0, 0, 0).call(READ, 5, CALL).fault(LOOP);

    assertThat(ofThread()).extracting(ExitFrame::registers).containsExactly(CALL, LOOP);
    assertThat(ofThread().get(0).assembly().stage()).isEqualTo(Stage.FINAL);
  }

  /** The stop at the entry comes before sys_enter: the frame before it was returned to already. */
  @Test
  void anEditAtTheEntryStopIsNotOfTheFrameBefore() {
    traced().call(READ, 5, CALL).ptrace(SYSCALL, 0, 0, 0).ptrace(POKEUSER, 128, 0x40_7000, 0);
    Registers edited = new Registers(0x40_7000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
    events.ptrace(SYSCALL, 0, 0, 0).call(READ, 5, edited).fault(LOOP);

    assertThat(ofThread())
        .extracting(ExitFrame::registers)
        .containsExactly(LOOP, CALL, edited, LOOP);
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
    assertThat(ofThread().get(2).cause()).contains(Cause.PTRACE_EDIT);
  }

  @Test
  void anEditWhileTheCallGoesOnIsInTheRegistersOfItsExit() {
    Registers edited = new Registers(0x40_7000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
    traced().enter(READ, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0).exit(READ, 5, edited);

    events.fault(LOOP);

    assertThat(second().registers()).isEqualTo(edited);
    assertThat(second().cause()).contains(Cause.PTRACE_EDIT);
    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  /** As at a breakpoint, whose trap leaves no event. */
  @Test
  void anEditOfAThreadThatDoesNotStopAtSyscallsIsPerhapsOfAnotherFrame() {
    events.call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0).fault(LOOP);

    assertThat(events.first().registers()).isEqualTo(CALL);
    assertThat(events.first().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void anEditBehindAFaultIsPerhapsAtTheEntryOfASyscall() {
    traced().fault(LOOP).ptrace(POKEUSER, 128, 0x40_7000, 0).call(READ, 5, CALL);

    assertThat(second().registers()).isEqualTo(LOOP);
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  // Running on

  @Test
  void aThreadThatStopsAtSyscallsTakesTheTracedPath() {
    traced().call(READ, 5, CALL).ptrace(SYSCALL, 0, 0, 0).call(READ, 5, CALL).fault(LOOP);

    assertThat(second().path()).isEqualTo(EntryPath.SYSCALL_TRACED);
    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(second().assembly().recorded().orElseThrow().path())
        .isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  @ParameterizedTest
  @ValueSource(longs = {CONT, DETACH})
  void aThreadThatRunsOnFreelyDoesNot(long request) {
    traced().ptrace(request, 0, 0, 0).call(READ, 5, CALL).fault(LOOP);

    assertThat(second().path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  @ParameterizedTest
  @ValueSource(longs = {SYSCALL, 31, SINGLESTEP, 32, 33})
  void everyOtherWayToRunOnHasItTakeTheTracedPath(long request) {
    events.fault(LOOP).ptrace(request, 0, 0, 0).call(READ, 5, CALL).fault(LOOP);

    assertThat(second().path()).isEqualTo(EntryPath.SYSCALL_TRACED);
  }

  /** The thread may come to its next event before the call of its debugger returns. */
  @Test
  void theThreadRunsOnWithTheStartOfTheCall() {
    events.fault(LOOP).on(Events.DEBUGGER).enter(101, LOOP, SYSCALL, Events.THREAD);
    events.on(Events.THREAD).call(READ, 5, CALL).fault(LOOP);

    assertThat(second().path()).isEqualTo(EntryPath.SYSCALL_TRACED);
  }

  @Test
  void theOtherWaysBackKeepTheirPaths() {
    traced().enter(59, CALL).exit(59, 0, new Registers(0x40_1000, 0, 0, 0x202, 0x33, 0x2b));

    assertThat(second().path()).isEqualTo(EntryPath.EXECVE);
  }

  // Stepping

  @Test
  void aSteppedFrameThatIsNotCleanHasTheSteppingForItsCause() {
    Registers other = new Registers(0x40_1002, 0x40_1002, 0x246, 0x346, 0x33, 0x2b);
    events.fault(LOOP).ptrace(SINGLESTEP, 0, 0, 0).call(READ, 5, other).fault(LOOP);

    assertThat(second().cause()).contains(Cause.SINGLE_STEP);
  }

  @ParameterizedTest
  @ValueSource(longs = {SINGLESTEP, 32, 33})
  void whereSteppingBeginsTheTrapFlagIsWrittenIntoTheFrame(long request) {
    events.call(READ, 5, CALL).ptrace(request, 0, 0, 0).fault(LOOP);

    assertThat(events.first().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  /** Without the trap flag the edited frame would pass; with it, RFLAGS is not R11. */
  @Test
  void whereSteppingBeginsTheTrapFlagIsWrittenIntoAnEditedFrameToo() {
    traced().call(READ, 5, CALL).ptrace(POKEUSER, 128, 0x40_7000, 0);
    events.ptrace(POKEUSER, 88, 0x40_7000, 0).ptrace(SINGLESTEP, 0, 0, 0).fault(LOOP);

    assertThat(second().registers()).isEqualTo(Registers.ofSyscall(0x40_7000, 0x246));
    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  /** The kernel stops a stepped thread once more where its handler begins, with TF clear. */
  @ParameterizedTest
  @CsvSource({SINGLESTEP + ", EARLY", CONT + ", AMENDED"})
  void whereAHandlerBeginsAStepWritesTheTrapFlagAgain(long request, Stage stage) {
    events.fault(LOOP).ptrace(SINGLESTEP, 0, 0, 0).call(READ, 5, STEPPED_CALL);
    events.ptrace(SINGLESTEP, 0, 0, 0).signal(0x40_5000, STEPPED_CALL);
    events.ptrace(request, 0, 0, 0).fault(LOOP);

    assertThat(second().registers().rip()).isEqualTo(0x40_5000);
    assertThat(second().assembly().stage()).isEqualTo(stage);
  }

  @Test
  void whereSteppingGoesOnTheTrapFlagIsInTheRecordedFrame() {
    events.fault(LOOP).ptrace(SINGLESTEP, 0, 0, 0).call(READ, 5, STEPPED_CALL);
    events.ptrace(SINGLESTEP, 0, 0, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void whereSteppingEndsTheTrapFlagIsTakenOutOfTheFrame() {
    events.fault(LOOP).ptrace(SINGLESTEP, 0, 0, 0).call(READ, 5, STEPPED_CALL);
    events.ptrace(CONT, 0, 0, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void aTrapFlagThatTheProgramSetIsNoSteppingThatEnds() {
    traced().call(READ, 5, STEPPED_CALL).ptrace(CONT, 0, 0, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void onceTheThreadRanOnAStepIsOfALaterStop() {
    traced().call(READ, 5, CALL).ptrace(SYSCALL, 0, 0, 0).ptrace(SINGLESTEP, 0, 0, 0).fault(LOOP);

    assertThat(second().assembly().stage()).isEqualTo(Stage.FINAL);
  }
}
