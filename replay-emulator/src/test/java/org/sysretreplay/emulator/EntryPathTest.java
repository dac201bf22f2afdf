package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    for (long cs : new long[] {0x23, 0x1_0023, 0x0f}) {
      assertThat(EntryPath.of(EntryKind.FORK, CLEAN.with(Register.CS, cs)))
          .isEqualTo(EntryPath.FORK_CHILD_COMPAT);
    }
  }

  @Test
  void aCallOfTheLdtsCodeCameByInt80() {
    assertThat(EntryPath.of(EntryKind.COMPAT, CLEAN.with(Register.CS, 0x0f)))
        .isEqualTo(EntryPath.INT80);
    assertThat(EntryPath.of(EntryKind.COMPAT, CLEAN.with(Register.CS, 0x23)))
        .isEqualTo(EntryPath.COMPAT);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, RT_SIGRETURN",
    "-1, -4, RT_SIGRETURN",
    "59, 0, EXECVE",
    "322, 0, EXECVE",
    "0x40000208, 0, EXECVE",
    "0x40000221, 0, EXECVE",
    "59, -2, EXECVE_FAILED",
    "59, 1, EXECVE_FAILED",
    "0x40000208, -2, EXECVE_FAILED",
    "57, 4711, SYSCALL_FULL_FRAME",
    "56, -11, SYSCALL_FULL_FRAME",
    "172, 0, SYSCALL_FULL_FRAME",
    "171, 0, SYSCALL_NO_WORK",
    "39, 0, SYSCALL_NO_WORK",
    "15, 0, SYSCALL_NO_WORK"
  })
  void theSyscallAndItsResultGiveTheRow(long syscall, long result, EntryPath path) {
    assertThat(of(OptionalLong.of(syscall), OptionalLong.of(result))).isEqualTo(path);
  }

  @Test
  void anExecveWithUnknownResultTakesTheRowOfAFailedOne() {
    assertThat(of(OptionalLong.of(59), OptionalLong.empty())).isEqualTo(EntryPath.EXECVE_FAILED);
    assertThat(of(OptionalLong.empty(), OptionalLong.of(0))).isEqualTo(EntryPath.SYSCALL_NO_WORK);
  }

  @Test
  void aSyscallsNumberSaysNothingOfOtherEntries() {
    assertThat(EntryPath.of(EntryKind.INTERRUPT, CLEAN, OptionalLong.of(59), OptionalLong.of(0)))
        .isEqualTo(EntryPath.INTERRUPT);
  }

  @Test
  void onlyASyscallWithoutKnownWorkIsPlain() {
    assertThat(EntryPath.values())
        .filteredOn(EntryPath::isPlainSyscall)
        .containsExactly(
            EntryPath.SYSCALL_NO_WORK, EntryPath.SYSCALL_FULL_FRAME, EntryPath.EXECVE_FAILED);
  }

  /** Work at exit leads off every fast path, and adding it twice changes nothing. */
  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void noPathIsFastOnceWorkAtExitShows(EntryPath path) {
    EntryPath busy = path.withWork();

    assertThat(busy.withWork()).isEqualTo(busy);
    assertThat(busy.entry()).isEqualTo(path.entry());
    if (path.entry() != EntryKind.SYSCALL || path.isPlainSyscall()) {
      for (ExitModel model : ExitModels.all()) {
        assertThat(model.route(busy, Machine.UNTRACED))
            .as(model.id())
            .isNotIn(Route.FAST, Route.COMPAT_FAST);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void aWayBackIsThatOfItsEntry(EntryPath path) {
    String name = path.name();
    EntryKind entry =
        name.startsWith("SYSCALL") || name.startsWith("EXECVE") || path == EntryPath.RT_SIGRETURN
            ? EntryKind.SYSCALL
            : name.startsWith("FORK") || path == EntryPath.KERNEL_THREAD_EXEC
                ? EntryKind.FORK
                : name.startsWith("COMPAT") || path == EntryPath.INT80
                    ? EntryKind.COMPAT
                    : path == EntryPath.EXCEPTION ? EntryKind.EXCEPTION : EntryKind.INTERRUPT;
    assertThat(path.entry()).isEqualTo(entry);
    assertThat(path.isOfChild()).isEqualTo(name.startsWith("FORK_CHILD"));
  }

  private static EntryPath of(OptionalLong syscall, OptionalLong result) {
    return EntryPath.of(EntryKind.SYSCALL, CLEAN, syscall, result);
  }
}
