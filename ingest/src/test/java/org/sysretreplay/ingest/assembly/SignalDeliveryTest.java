package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sysretreplay.ingest.assembly.Events.RESULT_IN_AX;
import static org.sysretreplay.ingest.assembly.Events.STACK;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/** Sheet 5.2: a frame becomes that of the handler which a signal starts. */
class SignalDeliveryTest {

  private static final long READ = 0;
  private static final long HANDLER = 0x40_5000;
  private static final long OTHER_HANDLER = 0x40_6000;
  private static final long DF = 1 << 10;
  private static final long RF = 1 << 16;
  private static final long TF = 1 << 8;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  @Test
  void afterASyscallTheHandlerIsReturnedToAndRcxAndR11StayAsTheyWere() {
    ExitFrame frame = events.call(READ, 5, CALL).signal(HANDLER, CALL).fault(LOOP).first();

    assertThat(frame.registers())
        .isEqualTo(new Registers(HANDLER, 0x40_1002, 0x246, 0x246, 0x33, 0x2b));
    assertThat(frame.rax()).hasValue(0);
    assertThat(frame.rsp()).isEmpty();
    assertThat(frame.path()).isEqualTo(EntryPath.SYSCALL_EXIT_WORK);
    assertThat(frame.entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.cause()).contains(Cause.SIGNAL_DELIVERY);
    assertThat(frame.assembly().recorded())
        .contains(
            new Recorded(
                EntryKind.SYSCALL,
                EntryPath.SYSCALL_NO_WORK,
                CALL,
                OptionalLong.of(STACK),
                OptionalLong.of(RESULT_IN_AX)));
  }

  @Test
  void afterAnInterruptItIsStillTheWayBackOfAnInterrupt() {
    ExitFrame frame = events.interrupt(LOOP).signal(HANDLER, LOOP).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(new Registers(HANDLER, 0x11, 0x22, 0x246, 0x33, 0x2b));
    assertThat(frame.path()).isEqualTo(EntryPath.INTERRUPT);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void afterAFaultTheHandlerStartsWithoutRfAndWithoutTheDirectionAndTrapFlags() {
    long flags = 0x246 | RF | DF | TF;
    Registers fault = new Registers(0x40_3000, 0x11, 0x22, flags, 0x33, 0x2b);

    ExitFrame frame = events.fault(fault).signal(HANDLER, fault).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(new Registers(HANDLER, 0x11, 0x22, 0x246, 0x33, 0x2b));
    assertThat(frame.path()).isEqualTo(EntryPath.EXCEPTION);
  }

  @Test
  void noOtherFlagIsCleared() {
    Registers all = new Registers(0x40_3000, 1, 2, 0x3f_ffff, 0x33, 0x2b);

    assertThat(events.fault(all).signal(HANDLER, all).fault(LOOP).first().registers().rflags())
        .isEqualTo(0x3f_ffff & ~0x1_0500);
  }

  @Test
  void theHandlerOfLdtCodeRunsIn64BitCode() {
    Registers local = new Registers(0x1000, 1, 2, 0x246, 0x0f, 0x17);

    assertThat(events.fault(local).signal(HANDLER, local).fault(LOOP).first().registers())
        .isEqualTo(new Registers(HANDLER, 1, 2, 0x246, 0x33, 0x17));
  }

  // Whether the handler is 32-bit code is decided by its installation, and not by the interrupted
  // code.

  private static final long BY_32_BIT_CODE = 0x1200_0000;
  private static final long BY_64_BIT_CODE = 0x400_0000;
  private static final long HIGH_HANDLER = 0x7f2a_4c00_0100L;
  private static final Registers CODE_32 = new Registers(0x804_8002, 5, 0, 0x246, 0x23, 0x2b);

  @Test
  void aHandlerThat32BitCodeInstalledIs32BitCode() {
    events.call(3, 5, CODE_32).signal(HANDLER, BY_32_BIT_CODE, CODE_32).fault(LOOP);

    ExitFrame frame = events.first();

    assertThat(frame.registers()).isEqualTo(new Registers(HANDLER, 5, 0, 0x246, 0x23, 0x2b));
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.COMPAT_EXIT_WORK);
    assertThat(frame.cause()).contains(Cause.CODE_32_BIT);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void aHandlerThat32BitCodeInstalledIs32BitCodeAlsoWhere64BitCodeWasInterrupted() {
    Registers local = LOOP.with(Register.SS, 0x17);

    ExitFrame frame = events.interrupt(local).signal(HANDLER, BY_32_BIT_CODE, local).first();

    assertThat(frame.registers()).isEqualTo(new Registers(HANDLER, 0x11, 0x22, 0x246, 0x23, 0x2b));
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  /** This happens in Wine's processes, which run 32-bit programs and install 64-bit handlers. */
  @ParameterizedTest
  @ValueSource(longs = {0, BY_64_BIT_CODE})
  void aHandlerAbove4GigabytesIs64BitCode(long flags) {
    events.interrupt(CODE_32).signal(HIGH_HANDLER, flags, CODE_32);

    ExitFrame frame = events.first();

    assertThat(frame.registers()).isEqualTo(new Registers(HIGH_HANDLER, 5, 0, 0x246, 0x33, 0x2b));
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.INTERRUPT);
    assertThat(frame.cause()).contains(Cause.SIGNAL_DELIVERY);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x1_0000_0000L, -1})
  void fourGigabytesIsAbove(long handler) {
    events.interrupt(CODE_32).signal(handler, CODE_32);

    assertThat(events.first().registers().cs()).isEqualTo(0x33);
  }

  @ParameterizedTest
  @ValueSource(longs = {HANDLER, 0xffff_ffffL})
  void belowThatNothingTellsWhichCodeTheHandlerOf32BitCodeIs(long handler) {
    events.interrupt(CODE_32).signal(handler, CODE_32);

    ExitFrame frame = events.first();

    assertThat(frame.registers()).isEqualTo(new Registers(handler, 5, 0, 0x246, 0x23, 0x2b));
    assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
    assertThat(frame.assembly().recorded().orElseThrow().registers()).isEqualTo(CODE_32);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x23, 0x33})
  void whatTheThreadDoesNextTellsIt(long cs) {
    Registers next = new Registers(HANDLER + 8, 1, 2, 0x246, cs, 0x2b);
    Registers handler = new Registers(HANDLER, 5, 0, 0x246, cs, 0x2b);

    for (Events then :
        List.of(
            open32().fault(next),
            open32().interrupt(next),
            open32().enter(15, next),
            open32().signal(OTHER_HANDLER, handler))) {
      ExitFrame frame = then.first();
      assertThat(frame.registers().cs()).isEqualTo(cs);
    }
    assertThat(open32().enter(15, next).first().registers()).isEqualTo(handler);
    assertThat(open32().enter(15, next).first().assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  /** A handler of unknown code that interrupts 32-bit code. */
  private static Events open32() {
    return new Events().interrupt(CODE_32).signal(HANDLER, CODE_32).at(STACK - 0x400);
  }

  @Test
  void theExitOfACallWithoutItsStartTellsNothingOfTheHandler() {
    ExitFrame frame = open32().exit(1, 5, CALL).first();

    assertThat(frame.registers().cs()).isEqualTo(0x23);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.EARLY);
  }

  @Test
  void aHandlerOf64BitCodeIs64BitCodeWhereverItLies() {
    ExitFrame frame = events.interrupt(LOOP).signal(HANDLER, BY_64_BIT_CODE, LOOP).first();

    assertThat(frame.registers().cs()).isEqualTo(0x33);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void aSecondSignalInterruptsTheFirstHandlerBeforeItRuns() {
    Registers inHandler = new Registers(HANDLER, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
    events.call(READ, 5, CALL).signal(HANDLER, CALL);
    events.at(STACK - 0x400).signal(OTHER_HANDLER, inHandler).fault(LOOP);

    ExitFrame frame = events.first();

    assertThat(frame.registers().rip()).isEqualTo(OTHER_HANDLER);
    assertThat(frame.assembly().recorded().orElseThrow().registers()).isEqualTo(CALL);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void aSignalWithoutAHandlerChangesNothing(long handler) {
    ExitFrame frame = events.call(READ, 5, CALL).signal(handler, CALL).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(CALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(frame.cause()).isEmpty();
  }

  @Test
  void aHandlerInTheUpperHalfIsAHandler() {
    assertThat(events.call(READ, 5, CALL).signal(-1, CALL).fault(LOOP).first().registers().rip())
        .isEqualTo(-1);
  }

  @Test
  void aSignalThatInterruptedAnotherFrameShowsThatThisOneWasReturnedTo() {
    ExitFrame frame = events.call(READ, 5, CALL).signal(HANDLER, LOOP).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(CALL);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(frame.assembly().recorded()).isEmpty();
  }

  @Test
  void behindAFrameThatIsGoneASignalOfTheSamePlaceChangesNothing() {
    events.call(READ, 5, CALL).signal(HANDLER, LOOP).signal(HANDLER, CALL);

    assertThat(events.first().registers()).isEqualTo(CALL);
  }

  @Test
  void theSamePlaceOnAnotherStackIsAnotherFrame() {
    events.call(READ, 5, CALL).at(STACK - 8).signal(HANDLER, CALL).fault(LOOP);

    assertThat(events.first().registers()).isEqualTo(CALL);
  }

  @Test
  void withoutStackPointersThePlaceAloneTells() {
    events.withoutRsp().call(READ, 5, CALL).signal(HANDLER, CALL).fault(LOOP);

    assertThat(events.first().registers().rip()).isEqualTo(HANDLER);
  }

  @Test
  void withoutRegistersTheSignalIsTakenToHaveInterruptedTheLastFrame() {
    ExitFrame frame =
        events.call(READ, 5, CALL).signalWithoutRegisters(HANDLER).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(CALL.with(Register.RIP, HANDLER));
  }

  @Test
  void theRegistersThatTheSignalInterruptedCountAndNotTheRecordedOnes() {
    Registers edited = new Registers(CALL.rip(), 0x77, 0x88, 0x207, 0x33, 0x2b);

    assertThat(events.call(READ, 5, CALL).signal(HANDLER, edited).fault(LOOP).first().registers())
        .isEqualTo(new Registers(HANDLER, 0x77, 0x88, 0x207, 0x33, 0x2b));
  }

  @Test
  void aSignalOfAnotherThreadChangesNothing() {
    events.call(READ, 5, CALL).on(Events.OTHER_THREAD).signal(HANDLER, CALL);

    assertThat(events.on(Events.THREAD).fault(LOOP).first().registers()).isEqualTo(CALL);
  }

  @Test
  void aSignalOfAThreadThatHasReturnedFromNothingYetIsPassedOver() {
    assertThat(events.signal(HANDLER, CALL).call(READ, 5, CALL).fault(LOOP).first().registers())
        .isEqualTo(CALL);
  }

  // Clocks that differ

  @Test
  void aSignalThatStandsBeforeItsExitIsDeliveredAtTheExit() {
    events.enter(READ, CALL).signal(HANDLER, CALL).exit(READ, 5, CALL).fault(LOOP);

    ExitFrame frame = events.first();

    assertThat(frame.registers().rip()).isEqualTo(HANDLER);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  @Test
  void aSignalThatStandsBeforeTheExitOfAnotherFrameTellsNothingOfIt() {
    events.enter(READ, CALL).signal(OTHER_HANDLER, LOOP).exit(READ, 5, CALL);

    assertThat(events.signal(HANDLER, CALL).fault(LOOP).first().registers().rip())
        .isEqualTo(HANDLER);
  }

  @Test
  void aSignalThatStandsBeforeAnExitIsDeliveredOnce() {
    events.enter(READ, CALL).signal(HANDLER, CALL).exit(READ, 5, CALL).call(READ, 5, CALL);

    assertThat(events.fault(LOOP).frames())
        .extracting(it -> it.registers().rip())
        .containsExactly(HANDLER, CALL.rip(), LOOP.rip());
  }

  /** A delivery before the exit event is of that exit, and of no later one. */
  @Test
  void aDeliveryWhoseExitWasLostIsNotGivenToTheNextExit() {
    events.enter(READ, CALL).withoutRsp().signal(HANDLER, CALL);

    events.call(READ, 5, CALL).fault(LOOP);

    assertThat(events.first().registers()).isEqualTo(CALL);
    assertThat(events.first().cause()).isNotEqualTo(Optional.of(Cause.SIGNAL_DELIVERY));
  }
}
