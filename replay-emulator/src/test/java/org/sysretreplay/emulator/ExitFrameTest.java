package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitFrameTest {

  private static final ExitFrame ONE =
      new ExitFrame(
          7,
          OptionalLong.of(1),
          OptionalLong.of(2),
          ExitFrame.Task.UNKNOWN,
          EntryKind.SYSCALL,
          Optional.of("e"),
          OptionalLong.of(39),
          OptionalLong.of(0),
          Registers.ofSyscall(0x7f1234567ab2L, 0x246),
          OptionalLong.of(3),
          OptionalLong.of(4));

  @Test
  void aFrameStandsForOneExitUnlessItSaysMore() {
    assertThat(ONE.count()).isEqualTo(1);
    ExitFrame assembled =
        new ExitFrame(
            ONE.seq(),
            ONE.timeNanos(),
            ONE.cpu(),
            ONE.task(),
            ONE.entry(),
            ONE.event(),
            ONE.syscall(),
            ONE.result(),
            ONE.registers(),
            ONE.rsp(),
            ONE.rax(),
            ONE.assembly());
    assertThat(assembled).isEqualTo(ONE);
    assertThat(assembled.count()).isEqualTo(1);
    ExitFrame many = ONE.counted(400);
    assertThat(many.count()).isEqualTo(400);
    assertThat(many.counted(1)).isEqualTo(ONE);
    assertThat(many.numbered(8).count()).isEqualTo(400);
    assertThat(many.early().count()).isEqualTo(400);
  }

  /** Threads outside of the recorder's PID namespace all have this number. */
  @Test
  void numberZeroTellsNoThreadFromOthers() {
    assertThat(ofThread(OptionalLong.of(0)).thread()).isEmpty();
    assertThat(ofThread(OptionalLong.of(1)).thread()).hasValue(1);
    assertThat(ofThread(OptionalLong.empty()).thread()).isEmpty();
  }

  @Test
  void numberMinusOneIsThatOfEveryThreadThatHasEnded() {
    assertThat(ofThread(OptionalLong.of(-1)).thread()).isEmpty();
    assertThat(ofThread(OptionalLong.of(-1)).hasEnded()).isTrue();
    assertThat(ofThread(OptionalLong.of(0)).hasEnded()).isFalse();
    assertThat(ofThread(OptionalLong.of(1)).hasEnded()).isFalse();
    assertThat(ofThread(OptionalLong.empty()).hasEnded()).isFalse();
  }

  private static ExitFrame.Task ofThread(OptionalLong tid) {
    return new ExitFrame.Task(OptionalLong.of(7), tid, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 999_999_999_999L, 1_000_000_000_000L})
  void aCountIsFromOneToAMillionMillion(long count) {
    assertThat(ExitFrame.isCount(count)).isTrue();
    assertThat(ONE.counted(count).count()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_000_001L, Long.MAX_VALUE})
  void noOtherNumberIsACount(long count) {
    assertThat(ExitFrame.isCount(count)).isFalse();
    assertThatThrownBy(() -> ONE.counted(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a frame of " + count + " exits");
  }

  @Test
  void theNumberOfTheCallAsItsEventShowsItIsThatOfTheRecordedWayBack() {
    assertThat(ONE.recordedSyscall()).hasValue(39);
    assertThat(shownAs(EntryPath.RT_SIGRETURN).recordedSyscall()).hasValue(-1);
    assertThat(shownAs(EntryPath.SYSCALL_TRACED).recordedSyscall()).hasValue(39);
  }

  private static ExitFrame shownAs(EntryPath path) {
    Assembly.Recorded recorded =
        new Assembly.Recorded(
            EntryKind.SYSCALL, path, ONE.registers(), OptionalLong.empty(), OptionalLong.empty());
    return new ExitFrame(
        ONE.seq(),
        ONE.timeNanos(),
        ONE.cpu(),
        ONE.task(),
        ONE.entry(),
        ONE.event(),
        ONE.syscall(),
        ONE.result(),
        ONE.registers(),
        ONE.rsp(),
        ONE.rax(),
        new Assembly(
            EntryPath.SYSCALL_FULL_FRAME, Stage.FINAL, Optional.empty(), Optional.of(recorded)));
  }
}
