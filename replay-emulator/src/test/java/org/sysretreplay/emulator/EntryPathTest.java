package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row of the matrix a recorded frame belongs to. */
class EntryPathTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  @ParameterizedTest
  @CsvSource({
    "SYSCALL, SYSCALL_NO_WORK",
    "INTERRUPT, INTERRUPT",
    "EXCEPTION, EXCEPTION",
    "FORK, FORK_CHILD",
    "COMPAT, COMPAT"
  })
  void theEntryAloneGivesTheRow(EntryKind entry, EntryPath path) {
    assertThat(EntryPath.of(entry, CLEAN)).isEqualTo(path);
  }

  @Test
  void theChildOf32BitCodeHasARowOfItsOwn() {
    for (long cs : new long[] {0x23, 0x1_0023}) {
      assertThat(EntryPath.of(EntryKind.FORK, CLEAN.with(Register.CS, cs)))
          .isEqualTo(EntryPath.FORK_CHILD_COMPAT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, RT_SIGRETURN",
    "-1, -4, RT_SIGRETURN",
    "59, 0, EXECVE",
    "322, 0, EXECVE",
    "0x40000208, 0, EXECVE",
    "0x40000221, 0, EXECVE",
    "59, -2, SYSCALL_NO_WORK",
    "59, 1, SYSCALL_NO_WORK",
    "39, 0, SYSCALL_NO_WORK",
    "15, 0, SYSCALL_NO_WORK"
  })
  void theSyscallAndItsResultGiveTheRow(long syscall, long result, EntryPath path) {
    assertThat(of(OptionalLong.of(syscall), OptionalLong.of(result))).isEqualTo(path);
  }

  @Test
  void anExecveOfWhichTheResultIsNotKnownIsASyscallAsAnyOther() {
    assertThat(of(OptionalLong.of(59), OptionalLong.empty())).isEqualTo(EntryPath.SYSCALL_NO_WORK);
    assertThat(of(OptionalLong.empty(), OptionalLong.of(0))).isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  @Test
  void aSyscallsNumberSaysNothingOfOtherEntries() {
    assertThat(EntryPath.of(EntryKind.INTERRUPT, CLEAN, OptionalLong.of(59), OptionalLong.of(0)))
        .isEqualTo(EntryPath.INTERRUPT);
  }

  private static EntryPath of(OptionalLong syscall, OptionalLong result) {
    return EntryPath.of(EntryKind.SYSCALL, CLEAN, syscall, result);
  }
}
