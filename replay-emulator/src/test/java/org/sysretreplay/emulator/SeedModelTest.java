package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The seed model against a second implementation of the mail, and its column of sheet 1.1. */
class SeedModelTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  /** The assembly of the seed mail as straight code: jumps out at the first failing test. */
  private static Optional<MissReason> firstMissByTheMail(Registers r) {
    if (r.rcx() != r.rip()) {
      return Optional.of(MissReason.RCX_NOT_RIP);
    }
    if (r.rcx() < 0 || r.rcx() > 0x7fff_ffff_ffffL) {
      return Optional.of(MissReason.RIP_NOT_USER_ADDRESS);
    }
    if (r.cs() != 51) {
      return Optional.of(MissReason.CS_NOT_USER_CS);
    }
    if (r.r11() != r.rflags()) {
      return Optional.of(MissReason.R11_NOT_RFLAGS);
    }
    if ((r.r11() >> 16) % 2 != 0) {
      return Optional.of(MissReason.RF_SET);
    }
    return r.ss() == 43 ? Optional.empty() : Optional.of(MissReason.SS_NOT_USER_DS);
  }

  private static EnumSet<MissReason> allMissesByTheMail(Registers r) {
    EnumSet<MissReason> misses = EnumSet.noneOf(MissReason.class);
    if ((r.rip() ^ r.rcx()) != 0) {
      misses.add(MissReason.RCX_NOT_RIP);
    }
    if ((r.rcx() & 0xffff_8000_0000_0000L) != 0) {
      misses.add(MissReason.RIP_NOT_USER_ADDRESS);
    }
    if ((r.cs() ^ 0x33) != 0) {
      misses.add(MissReason.CS_NOT_USER_CS);
    }
    if ((r.r11() ^ r.rflags()) != 0) {
      misses.add(MissReason.R11_NOT_RFLAGS);
    }
    if ((r.r11() & 0x10000) != 0) {
      misses.add(MissReason.RF_SET);
    }
    if ((r.ss() ^ 0x2b) != 0) {
      misses.add(MissReason.SS_NOT_USER_DS);
    }
    return misses;
  }

  @Test
  void agreesWithTheMailOnEveryFrame() {
    assertThat(
            FrameSpace.findFirst(
                frame -> !agreesWithTheMail(ExitModels.SEED.check(frame, Machine.TRACED), frame)))
        .isEmpty();
    assertThat(FrameSpace.size()).isGreaterThan(100_000_000);
  }

  private static boolean agreesWithTheMail(Verdict verdict, Registers frame) {
    return verdict.firstMiss().equals(firstMissByTheMail(frame))
        && verdict.allMisses().equals(allMissesByTheMail(frame));
  }

  @Test
  void everyBitOfR11AndRflagsCounts() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      Verdict verdict =
          ExitModels.SEED.check(CLEAN.with(Register.RFLAGS, 0x246 ^ 1L << bit), Machine.TRACED);
      assertThat(verdict.firstMiss()).as("bit " + bit).contains(MissReason.R11_NOT_RFLAGS);
    }
  }

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
    "SYSCALL_NO_WORK, FAST, CHECK",
    "SYSCALL_RESCHEDULE, FAST, CHECK",
    "SYSCALL_AUDIT, FAST, CHECK",
    "SYSCALL_EXIT_WORK, CHECK, CHECK",
    "SYSCALL_TRACED, CHECK, CHECK",
    "EXECVE, CHECK, CHECK",
    "RT_SIGRETURN, CHECK, CHECK",
    "FORK_CHILD, FAST, CHECK",
    "FORK_CHILD_COMPAT, CHECK, CHECK",
    "KERNEL_THREAD_EXEC, CHECK, CHECK",
    "INTERRUPT, CHECK, CHECK",
    "EXCEPTION, CHECK, CHECK",
    "NMI, IRET, IRET",
    "COMPAT, COMPAT_FAST, CHECK"
  })
  void takesTheRoutesOfItsColumn(EntryPath path, Route untraced, Route traced) {
    assertThat(ExitModels.SEED.route(path, Machine.UNTRACED)).isEqualTo(untraced);
    assertThat(ExitModels.SEED.route(path, Machine.TRACED)).isEqualTo(traced);
  }

  @ParameterizedTest
  @CsvSource({
    "SYSCALL, SYSRET, FAST_SYSRET",
    "INTERRUPT, SYSRET, SYSRET",
    "EXCEPTION, SYSRET, SYSRET",
    "FORK, SYSRET, FAST_SYSRET",
    "COMPAT, SYSRET, IRET_ROUTE"
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

  @Test
  void aModelWithoutARouteForEveryPathIsRefused() {
    ExitModel.Description description = ExitModels.SEED.description();
    assertThatThrownBy(
            () -> new ExitModel(description, ExitModels.SEED.rule().withRoutes(Map.of())))
        .hasMessage("seed has not one route for every path");
  }

  @Test
  void aModelThatGivesOneReasonTwiceIsRefused() {
    Check check = ExitModels.SEED.checks().get(0);
    assertThatThrownBy(
            () ->
                new ExitModel(
                    ExitModels.SEED.description(),
                    ExitModels.SEED.rule().withChecks(List.of(check, check))))
        .hasMessage("seed gives one reason twice");
  }
}
