package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sysretreplay.ingest.assembly.Events.RESULT_IN_AX;
import static org.sysretreplay.ingest.assembly.Events.STACK;

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

  @Test
  void theHandlerOf32BitCodeIs32BitCode() {
    Registers code32 = new Registers(0x804_8002, 0, 0, 0x246, 0x23, 0x2b);

    ExitFrame frame = events.call(3, 5, code32).signal(HANDLER, code32).fault(LOOP).first();

    assertThat(frame.registers()).isEqualTo(new Registers(HANDLER, 0, 0, 0x246, 0x23, 0x2b));
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.COMPAT_EXIT_WORK);
    assertThat(frame.cause()).contains(Cause.CODE_32_BIT);
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
}
