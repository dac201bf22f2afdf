package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The numbers of the kernel's syscall tables, each list complete. */
class SyscallTest {

  private static final long X32 = 0x4000_0000L;

  /**
   * All numbers for which the predicate is true, among those of the 64-bit and x32 tables and some
   * outside.
   */
  private static long[] all(LongPredicate predicate) {
    return LongStream.concat(
            LongStream.rangeClosed(-600, 600), LongStream.rangeClosed(X32 - 1, X32 + 600))
        .filter(predicate)
        .toArray();
  }

  @Test
  void aSigreturnShowsAsMinusOne() {
    assertThat(all(Syscall::isSigreturn)).containsExactly(-1);
    assertThat(Syscall.SIGRETURN).isEqualTo(-1);
  }

  @Test
  void execveAndExecveatHaveTwoNumbersEach() {
    assertThat(all(Syscall::isExecve)).containsExactly(59, 322, X32 + 520, X32 + 545);
    assertThat(all(Syscall::isExecve32)).containsExactly(11, 358);
    assertThat(Syscall.execves()).containsExactly(59L, 322L, X32 + 520L, X32 + 545L);
  }

  @Test
  void execvesSigreturnsAndProbesChangeTheirFrames() {
    assertThat(all(Syscall::changesFrame))
        .containsExactly(15, 59, 322, 335, 336, X32 + 513, X32 + 520, X32 + 545);
    assertThat(all(Syscall::changesFrame32)).containsExactly(11, 119, 173, 358);
  }

  @Test
  void cloneForkVforkAndClone3MakeATask() {
    assertThat(all(Syscall::makesTask))
        .containsExactly(56, 57, 58, 435, X32 + 56, X32 + 57, X32 + 58, X32 + 435);
    assertThat(all(Syscall::makesTask32)).containsExactly(2, 120, 190, 435);
  }

  @Test
  void whatMakesATaskAndIoplWantTheFullFrame() {
    assertThat(all(Syscall::wantsFullFrame))
        .containsExactly(56, 57, 58, 172, 435, X32 + 56, X32 + 57, X32 + 58, X32 + 172, X32 + 435);
  }

  @Test
  void fourResultsAskForARestart() {
    assertThat(all(Syscall::asksForRestart)).containsExactly(-516, -514, -513, -512);
  }

  @Test
  void onlyTheRestartBlockChangesTheNumber() {
    for (long result : new long[] {-512, -513, -514}) {
      assertThat(Syscall.restarted(230, result, false)).isEqualTo(230);
      assertThat(Syscall.restarted(162, result, true)).isEqualTo(162);
    }
    for (long number : new long[] {35, 230}) {
      assertThat(Syscall.restarted(number, -516, false)).isEqualTo(219);
      assertThat(Syscall.restarted(X32 + number, -516, false)).isEqualTo(X32 + 219);
    }
    assertThat(Syscall.restarted(162, -516, true)).isZero();
  }

  @Test
  void onlyInt80LeavesASegmentOfTheLdtButRtSigreturn() {
    Registers clean = Registers.ofSyscall(0x401000, 0x246);
    for (long cs : new long[] {0x07, 0x0f, 0x1_000f}) {
      Registers local = clean.with(Register.CS, cs);
      assertThat(Syscall.isInt80(local, OptionalLong.of(20))).isTrue();
      assertThat(Syscall.isInt80(local, OptionalLong.of(-1))).isFalse();
      assertThat(Syscall.isInt80(local, OptionalLong.empty())).isFalse();
    }
    for (long cs : new long[] {0x33, 0x23, 0, 0xe033}) {
      Registers other = clean.with(Register.CS, cs).with(Register.SS, 0x0f);
      assertThat(Syscall.isInt80(other, OptionalLong.of(20))).isFalse();
    }
  }

  @Test
  void theSyscallInstructionIsTwoBytesLong() {
    assertThat(Syscall.INSTRUCTION_BYTES).isEqualTo(2);
  }
}
