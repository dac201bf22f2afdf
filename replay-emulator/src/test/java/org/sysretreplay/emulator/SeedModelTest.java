package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The seed model, the one that is asked for by default: what is special about it. */
class SeedModelTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  @Test
  void everyAddressBitFrom47UpIsRefused() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      Registers frame = Registers.ofSyscall(1L << bit, 0x246);
      assertThat(ExitModels.SEED.check(frame, Machine.TRACED).outcome())
          .as("bit " + bit)
          .isEqualTo(bit < 47 ? Outcome.SYSRET : Outcome.IRET_MISS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SYSCALL, SYSRET, FAST_SYSRET",
    "INTERRUPT, SYSRET, SYSRET",
    "EXCEPTION, SYSRET, SYSRET",
    "FORK, SYSRET, FAST_SYSRET",
    "COMPAT, SYSRET, SYSRET"
  })
  void judgesACleanFrameByTheRouteOfItsEntry(EntryKind entry, Outcome traced, Outcome untraced) {
    assertThat(judge(entry, CLEAN, Machine.TRACED).outcome()).isEqualTo(traced);
    assertThat(judge(entry, CLEAN, Machine.UNTRACED).outcome()).isEqualTo(untraced);
  }

  private static Verdict judge(EntryKind entry, Registers frame, Machine machine) {
    return ExitModels.SEED.judge(Exit.of(EntryPath.of(entry, frame), frame), machine);
  }

  @Test
  void sendsThe32BitForkChildToTheCheck() {
    Registers child = CLEAN.with(Register.CS, Selector.USER32_CS);
    assertThat(judge(EntryKind.FORK, child, Machine.UNTRACED))
        .isEqualTo(Verdict.miss(MissReason.CS_NOT_USER_CS, EnumSet.of(MissReason.CS_NOT_USER_CS)));
  }

  @Test
  void printsItsChecksInTheOrderOfTheMail() {
    assertThat(ExitModels.SEED.checks())
        .extracting(check -> check.condition().formula())
        .containsExactly(
            "rcx == rip",
            "rcx >> 47 == 0",
            "cs == 0x33",
            "r11 == rflags",
            "r11 & 0x10000 == 0",
            "ss == 0x2b");
  }
}
