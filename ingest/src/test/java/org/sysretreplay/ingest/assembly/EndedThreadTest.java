package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.TraceRecord;

/** A thread that ends does not return, and the next one of its number knows nothing of it. */
class EndedThreadTest {

  private static final long DEFAULT = 0;
  private static final long HANDLER = 0x40_5000;
  private static final long KILL = 9;

  private static final long READ = 0;
  private static final long CLONE = 56;
  private static final long EXECVE = 59;
  private static final long EXIT_GROUP = 231;
  private static final long SYSCALL = 24;
  private static final long SINGLESTEP = 9;
  private static final long SETREGS = 13;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers CHILD = Registers.ofSyscall(0x40_1802, 0x246);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  /** Registers that have a cause only if something is known of their thread. */
  private static final Registers SPOILT = CHILD.with(Register.R11, 0x202);

  private static final Optional<Cause> UNKNOWN = Optional.of(Cause.UNKNOWN);

  private final Events events = new Events();

  private List<Stage> stages() {
    return ofThread().stream().map(it -> it.assembly().stage()).toList();
  }

  /** The frames of the thread's number, without those of its debugger. */
  private List<ExitFrame> ofThread() {
    return events.frames().stream()
        .filter(it -> it.task().tid().getAsLong() == Events.THREAD)
        .toList();
  }

  private ExitFrame last() {
    List<ExitFrame> frames = ofThread();
    return frames.get(frames.size() - 1);
  }

  // Signals

  @Test
  void whatASignalEndedIsNotSureToHaveBeenReturnedTo() {
    events.call(READ, 5, CALL).signalOf(KILL, DEFAULT, CALL);
    events.exit(CLONE, 0, CHILD).fault(LOOP);

    assertThat(stages()).containsExactly(Stage.EARLY, Stage.FINAL, Stage.EARLY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 6, 11, 14, 15, 17, 18, 19, 28, 34, 64})
  void aSignalThatAProcessMayCatchOrIgnoreChangesNothing(long signal) {
    events.call(READ, 5, CALL).signalOf(signal, DEFAULT, CALL).fault(LOOP);

    assertThat(stages()).containsExactly(Stage.FINAL, Stage.EARLY);
  }

  @Test
  void aHandlerThatWasAboutToRunDoesNot() {
    events.call(READ, 5, CALL).signal(HANDLER, CALL);
    events.signalOf(KILL, DEFAULT, CALL.with(Register.RIP, HANDLER)).fault(LOOP);

    assertThat(ofThread().get(0).registers().rip()).isEqualTo(HANDLER);
    assertThat(stages()).containsExactly(Stage.EARLY, Stage.EARLY);
  }

  @Test
  void aSignalThatWasRecordedBeforeTheExitThatItCameWithEndsTheThreadThere() {
    events.enter(READ, CALL).signalOf(KILL, DEFAULT, CALL).exit(READ, -512, CALL);
    events.interrupt(LOOP).exit(CLONE, 0, CHILD).fault(LOOP);

    assertThat(stages()).containsExactly(Stage.EARLY, Stage.EARLY, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void recordsDoNotWaitForAThreadThatHasEnded() {
    List<TraceRecord> records = new ArrayList<>();
    Assembler assembler = new Assembler(() -> Events.ALL, records::add, 100);
    events.call(READ, 5, CALL).signalOf(KILL, DEFAULT, CALL).on(Events.OTHER_THREAD).unused();

    events.samples().forEach(it -> assembler.take(it, Events.interpret(it)));

    assertThat(records).hasSize(4);
  }

  @Test
  void anInterruptOfAThreadThatHasEndedMayHaveHitTheKernel() {
    events.call(READ, 5, CALL).signalOf(KILL, DEFAULT, CALL).interrupt(CALL).interrupt(LOOP);
    events.exit(CLONE, 0, CHILD).interrupt(LOOP).fault(LOOP);

    assertThat(stages())
        .containsExactly(
            Stage.EARLY, Stage.EARLY, Stage.EARLY, Stage.FINAL, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void theNextThreadIsNotOneThatADebuggerHasStop() {
    events.fault(LOOP).ptrace(SYSCALL, 0, 0, 0).call(READ, 5, CALL);
    assertThat(last().path()).isEqualTo(EntryPath.SYSCALL_TRACED);

    events.signalOf(KILL, DEFAULT, CALL).call(READ, 5, CALL);
    assertThat(last().path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  /** A thread that starts a program takes the number of its process's first one, which ends. */
  @Test
  void aDebuggerMayResumeTheThreadThatTakesTheNumber() {
    events.call(READ, 5, CALL).signalOf(KILL, DEFAULT, CALL).ptrace(SYSCALL, 0, 0, 0);
    events.exit(EXECVE, 0, LOOP).call(READ, 5, CALL);

    assertThat(last().path()).isEqualTo(EntryPath.SYSCALL_TRACED);
  }

  // A child's first return, where the end of the thread before it was not recorded

  @Test
  void aChildIsNotOneThatADebuggerHasStop() {
    events.fault(LOOP).ptrace(SYSCALL, 0, 0, 0).exit(CLONE, 0, CHILD).call(READ, 5, CALL);

    assertThat(last().path()).isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  @Test
  void aChildIsNotStepped() {
    events.fault(LOOP).ptrace(SINGLESTEP, 0, 0, 0).exit(CLONE, 0, SPOILT).call(READ, 5, SPOILT);

    assertThat(ofThread()).extracting(ExitFrame::cause).endsWith(UNKNOWN, UNKNOWN);
  }

  @Test
  void whatADebuggerWroteIsNotInAChild() {
    events.fault(LOOP).ptrace(SETREGS, 0, 0, 0).exit(CLONE, 0, SPOILT).call(READ, 5, SPOILT);

    assertThat(ofThread()).extracting(ExitFrame::cause).endsWith(UNKNOWN, UNKNOWN);
  }

  @Test
  void aSignalOfTheThreadBeforeItIsNotTheChilds() {
    events.enter(EXIT_GROUP, CALL).signal(HANDLER, CALL).exit(CLONE, 0, CALL).fault(LOOP);

    assertThat(events.first().registers()).isEqualTo(CALL);
    assertThat(events.first().assembly().stage()).isEqualTo(Stage.FINAL);
  }
}
