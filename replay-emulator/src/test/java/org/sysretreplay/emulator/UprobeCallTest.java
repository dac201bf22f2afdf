package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of the calls that change the saved registers themselves. */
class UprobeCallTest {

  @ParameterizedTest
  @CsvSource({"334, false", "335, true", "336, true", "337, false", "-1, false", "15, false"})
  void uretprobeAndUprobe(long number, boolean isOne) {
    assertThat(Syscall.isUprobe(number)).isEqualTo(isOne);
    assertThat(isUprobe(EntryKind.SYSCALL, EntryPath.SYSCALL_NO_WORK, number)).isEqualTo(isOne);
  }

  private static boolean isUprobe(EntryKind entry, EntryPath path, long number) {
    return Circumstances.isUprobe(entry, path, OptionalLong.of(number));
  }

  @Test
  void otherEntriesWithTheseNumbersAreNoUprobes() {
    for (EntryKind entry : EntryKind.values()) {
      assertThat(isUprobe(entry, EntryPath.SYSCALL_TRACED, 335))
          .isEqualTo(entry == EntryKind.SYSCALL);
    }
    assertThat(isUprobe(EntryKind.SYSCALL, EntryPath.RT_SIGRETURN, 335)).isFalse();
    assertThat(
            Circumstances.isUprobe(
                EntryKind.SYSCALL, EntryPath.SYSCALL_TRACED, OptionalLong.empty()))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "14, false",
    "15, true",
    "16, false",
    "513, false",
    "0x40000200, false",
    "0x40000201, true",
    "0x40000202, false",
    "-1, false"
  })
  void rtSigreturnAsItIsCalled(String number, boolean isOne) {
    assertThat(Syscall.isSigreturnCall(Long.decode(number))).isEqualTo(isOne);
  }

  @Test
  void theEventOfRtSigreturnShowsMinusOne() {
    OptionalLong number = OptionalLong.of(335);
    for (EntryPath path : EntryPath.values()) {
      assertThat(ExitFrame.recordedSyscall(path, number))
          .isEqualTo(path == EntryPath.RT_SIGRETURN ? OptionalLong.of(-1) : number);
    }
  }
}
