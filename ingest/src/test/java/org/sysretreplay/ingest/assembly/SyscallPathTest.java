package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/** The way back that the exit of a syscall takes (sheet 5.4 to 5.6, 6.2). */
class SyscallPathTest {

  private static final long EXECVE = 59;
  private static final long CLONE = 56;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers CALL32 = new Registers(0x804_8002, 0, 0, 0x246, 0x23, 0x2b);
  private static final Registers NEW_PROGRAM = new Registers(0x40_1000, 0, 0, 0x202, 0x33, 0x2b);
  private static final Registers NEW_PROGRAM_32 =
      new Registers(0x804_8000, 0, 0, 0x202, 0x23, 0x2b);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  @Test
  void aPlainSyscallHasNoWork() {
    ExitFrame frame = events.call(39, 7, CALL).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
    assertThat(frame.assembly().recorded()).isEmpty();
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  // rt_sigreturn

  @Test
  void rtSigreturnIsTheExitWithNumberMinusOne() {
    ExitFrame frame = events.enter(15, CALL).exit(-1, 0x77, LOOP).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(frame.cause()).contains(Cause.SIGRETURN);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void rtSigreturnToTheSyscallInstructionMakesTheCallAgain() {
    Registers again = new Registers(0x40_1000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);

    assertThat(events.enter(15, CALL).exit(-1, 0, again).fault(LOOP).first().cause())
        .contains(Cause.SYSCALL_RESTART);
  }

  @Test
  void aCallOfNumberMinusOneIsASyscallAsAnyOther() {
    ExitFrame frame = events.call(-1, -38, CALL).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
    assertThat(frame.assembly().recorded().orElseThrow().path()).isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void withoutItsStartNumberMinusOneIsTakenForRtSigreturn() {
    assertThat(events.exit(-1, -38, CALL).fault(LOOP).first().path())
        .isEqualTo(EntryPath.RT_SIGRETURN);
  }

  // Other calls that show the number of rt_sigreturn

  private static final long URETPROBE = 335;

  @ParameterizedTest
  @ValueSource(longs = {335, 336})
  void uretprobeAndUprobeShowThatNumberTooAndAreKnownByTheirStart(long number) {
    Registers back = CALL.with(Register.RIP, 0x40_7000);

    ExitFrame frame = events.enter(number, CALL).exit(-1, 5, back).fault(LOOP).first();

    assertThat(frame.syscall()).hasValue(number);
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
    assertThat(frame.cause()).contains(Cause.UPROBE);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(frame.assembly().recorded().orElseThrow().path()).isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(frame.recordedSyscall()).hasValue(-1);
  }

  @Test
  void aUretprobeThatReturnsAsASyscallDoesHasNoCause() {
    assertThat(events.enter(URETPROBE, CALL).exit(-1, 5, CALL).fault(LOOP).first().cause())
        .isEmpty();
  }

  /** It sets the number, so that the kernel does not look at the result. */
  @Test
  void theResultOfAUretprobeAsksForNoRestart() {
    events.enter(URETPROBE, CALL).exit(-1, -512, CALL).enter(URETPROBE, CALL);

    assertThat(events.first().registers()).isEqualTo(CALL);
    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void aCallThatSeccompSkippedReturnsToWhereItWasMade() {
    ExitFrame frame = events.enter(41, CALL).exit(-1, -1, CALL).fault(LOOP).first();

    assertThat(frame.syscall()).hasValue(41);
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
    assertThat(frame.cause()).isEmpty();
  }

  @Test
  void elsewhereOrOnAnotherStackItIsRtSigreturnWhoseStartWasLost() {
    Registers elsewhere = CALL.with(Register.RIP, 0x40_7000);

    assertThat(events.enter(41, CALL).exit(-1, 5, elsewhere).fault(LOOP).first().path())
        .isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(new Events().enter(41, CALL).at(0x7000).exit(-1, 5, CALL).first().path())
        .isEqualTo(EntryPath.RT_SIGRETURN);
  }

  @Test
  void rtSigreturnToItsOwnCallIsRtSigreturn() {
    assertThat(events.enter(15, CALL).exit(-1, 0, CALL).fault(LOOP).first().path())
        .isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(new Events().enter(0x4000_0201L, CALL).exit(-1, 0, CALL).first().path())
        .isEqualTo(EntryPath.RT_SIGRETURN);
  }

  @Test
  void aPtraceCallThatSeccompSkippedHasWrittenNothing() {
    events.call(39, 7, CALL).on(Events.DEBUGGER);
    events.enter(101, CALL, 13, Events.THREAD, 0, 0).exit(-1, 0, CALL);
    events.on(Events.THREAD).call(39, 7, LOOP);

    assertThat(events.frames())
        .allSatisfy(it -> assertThat(it.cause()).isNotEqualTo(Cause.PTRACE_EDIT.present()));
    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }

  @Test
  void rtSigreturnOf64BitCodeTo32BitCodeIsRtSigreturn() {
    ExitFrame frame = events.enter(15, CALL).exit(-1, 0, CALL32).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.RT_SIGRETURN);
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.cause()).contains(Cause.CODE_32_BIT);
    assertThat(frame.assembly().recorded().orElseThrow().path()).isEqualTo(EntryPath.COMPAT);
  }

  @Test
  void rtSigreturnOf32BitCodeIsACallOf32BitCode() {
    assertThat(events.enter(173, CALL32).exit(-1, 0, CALL32).fault(LOOP).first().path())
        .isEqualTo(EntryPath.COMPAT);
  }

  // execve

  @ParameterizedTest
  @ValueSource(longs = {59, 322, 0x4000_0000L | 520, 0x4000_0000L | 545})
  void execveThatSucceedsHasARowOfItsOwn(long number) {
    events.enter(number, CALL).exit(number, 0, NEW_PROGRAM).fault(LOOP);

    assertThat(events.first().path()).isEqualTo(EntryPath.EXECVE);
    assertThat(events.first().cause()).contains(Cause.EXECVE);
  }

  @Test
  void execveThatFailsReturnsToItsCaller() {
    ExitFrame frame = events.call(EXECVE, -2, CALL).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.EXECVE_FAILED);
    assertThat(frame.cause()).isEmpty();
  }

  @Test
  void execveOf64BitCodeThatStartsA32BitProgramIsAn64BitExecve() {
    ExitFrame frame =
        events.enter(EXECVE, CALL).exit(EXECVE, 0, NEW_PROGRAM_32).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.EXECVE);
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.cause()).contains(Cause.CODE_32_BIT);
    assertThat(frame.assembly().recorded().orElseThrow().path()).isEqualTo(EntryPath.COMPAT);
  }

  @Test
  void number59Of32BitCodeIsNoExecve() {
    assertThat(events.call(EXECVE, 0, CALL32).fault(LOOP).first().path())
        .isEqualTo(EntryPath.COMPAT);
  }

  /** It leaves as a call of 32-bit code does, and no kernel returns fast to a 64-bit program. */
  @ParameterizedTest
  @ValueSource(longs = {11, 358})
  void execveOf32BitCodeThatStartsA64BitProgramIsACallOf32BitCode(long number) {
    events.enter(number, CALL32).exit(number, 0, NEW_PROGRAM).fault(LOOP);

    ExitFrame frame = events.first();

    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.COMPAT_EXIT_WORK);
    assertThat(frame.cause()).contains(Cause.EXECVE);
    assertThat(frame.assembly().recorded().orElseThrow().entry()).isEqualTo(EntryKind.SYSCALL);
    for (ExitModel model : ExitModels.all()) {
      assertThat(model.judge(frame, Machine.UNTRACED).outcome())
          .isIn(Outcome.IRET_ROUTE, Outcome.IRET_MISS, Outcome.ERETU);
    }
  }

  @Test
  void thatNumberIsAnotherCallElsewhere() {
    assertThat(events.call(11, 0, CALL).fault(LOOP).first().entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(new Events().exit(11, 0, NEW_PROGRAM).fault(LOOP).first().entry())
        .isEqualTo(EntryKind.SYSCALL);
    assertThat(new Events().call(11, -2, CALL32).fault(LOOP).first().path())
        .isEqualTo(EntryPath.COMPAT);
  }

  // Children

  @ParameterizedTest
  @ValueSource(longs = {56, 57, 58, 435, 0x4000_0000L | 56})
  void anExitWithResult0FromACallThatMakesTasksIsAChilds(long number) {
    ExitFrame frame = events.exit(number, 0, CALL).fault(LOOP).first();

    assertThat(frame.entry()).isEqualTo(EntryKind.FORK);
    assertThat(frame.path()).isEqualTo(EntryPath.FORK_CHILD);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(frame.assembly().recorded().orElseThrow().entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(frame.cause()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 120, 190, 435})
  void childrenOf32BitCodeHaveNumbersOfTheirOwn(long number) {
    ExitFrame frame = events.exit(number, 0, CALL32).fault(LOOP).first();

    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.FORK_CHILD_COMPAT);
  }

  @Test
  void the64BitNumbersOf32BitCodeAreOtherCalls() {
    assertThat(events.exit(56, 0, CALL32).fault(LOOP).first().path()).isEqualTo(EntryPath.COMPAT);
    assertThat(new Events().exit(2, 0, CALL).fault(LOOP).first().entry())
        .isEqualTo(EntryKind.SYSCALL);
  }

  @ParameterizedTest
  @ValueSource(longs = {4712, -11})
  void theParentReturnsAnotherResult(long result) {
    ExitFrame frame = events.call(CLONE, result, CALL).fault(LOOP).first();

    assertThat(frame.entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_FULL_FRAME);
  }

  /** Where such a call would have been fast, a signal leads it off the fast path. */
  @ParameterizedTest
  @ValueSource(longs = {CLONE, EXECVE, 172})
  void aSignalIsWorkOfEveryCall(long number) {
    ExitFrame frame = events.call(number, -4, CALL).signal(0x40_5000, CALL).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_EXIT_WORK);
    assertThat(frame.assembly().recorded().orElseThrow().path())
        .isEqualTo(number == EXECVE ? EntryPath.EXECVE_FAILED : EntryPath.SYSCALL_FULL_FRAME);
  }

  @Test
  void aCallWithoutItsStartIsNoChildJustForThat() {
    assertThat(events.exit(39, 0, CALL).fault(LOOP).first().entry()).isEqualTo(EntryKind.SYSCALL);
  }

  @Test
  void aNewThreadMayHaveTheNumberOfOneThatEnded() {
    events.enter(231, CALL).exit(CLONE, 0, CALL).fault(LOOP);

    assertThat(events.first().path()).isEqualTo(EntryPath.FORK_CHILD);
  }

  @Test
  void aChildMayBeSignalledBeforeItRuns() {
    ExitFrame frame = events.exit(CLONE, 0, CALL).signal(0x40_5000, CALL).fault(LOOP).first();

    assertThat(frame.path()).isEqualTo(EntryPath.FORK_CHILD_EXIT_WORK);
    assertThat(frame.registers().rip()).isEqualTo(0x40_5000);
    assertThat(frame.cause()).contains(Cause.SIGNAL_DELIVERY);
  }

  // Exits that cannot be read

  @Test
  void anExitThatCannotBeReadEndsItsCallAllTheSame() {
    events.enter(0, CALL).exitWithoutRegisters(0, 5).interrupt(LOOP).fault(LOOP);

    assertThat(events.frames())
        .extracting(ExitFrame::path)
        .isEqualTo(List.of(EntryPath.INTERRUPT, EntryPath.EXCEPTION));
  }

  @Test
  void aFaultOfUserCodeShowsThatTheExitOfTheCallWasLost() {
    events.enter(0, CALL).fault(LOOP).interrupt(CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(ExitFrame::path)
        .isEqualTo(List.of(EntryPath.EXCEPTION, EntryPath.INTERRUPT, EntryPath.EXCEPTION));
  }
}
