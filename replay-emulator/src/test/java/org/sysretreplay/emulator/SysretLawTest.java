package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Landing.Fault;
import org.sysretreplay.emulator.Landing.StepTrap;
import org.sysretreplay.emulator.Landing.UserState;

/**
 * The law that makes the optimisation right: wherever a model says SYSRET, both instructions leave
 * the same user state, on both vendors' CPUs and for every stack pointer.
 */
class SysretLawTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);
  private static final Machine LA57 = Machine.TRACED.withLa57(true);
  private static final long LAST_PAGE = 0x7fff_ffff_f000L;
  private static final long VSYSCALL = 0xffff_ffff_ff60_0009L;

  private static final Set<MissReason> SLOTS_AND_R11 =
      Set.of(MissReason.CS_NOT_USER_CS, MissReason.SS_NOT_USER_DS, MissReason.R11_NOT_RFLAGS);

  static Stream<String> checkingModels() {
    return StraightCode.CHECKING.stream();
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyModelKeepsTheLawOnEveryFrame(String id) {
    assertKept(FrameSpace.WHOLE, id);
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyModelKeepsTheLawOnTheCoreOfTheSpace(String id) {
    assertKept(FrameSpace.SMALL, id);
  }

  /** The seed's one breach, TF, is told apart: every such hit breaks the law, and no other does. */
  private static void assertKept(FrameSpace space, String id) {
    for (Machine machine : Machines.bare(id)) {
      ModelWalk walk = ModelWalk.of(space, id, machine);
      assertThat(walk.hits()).isPositive();
      assertThat(walk.breach()).as("%s on %s", id, machine).isEmpty();
      assertThat(walk.lawfulSteppingHits()).isZero();
      assertThat(walk.steppingHits() > 0).isEqualTo(id.equals("seed"));
    }
  }

  /** The known hole of the seed (sheet 2.2): TF in both RFLAGS and R11 passes. */
  @Test
  void seedBreaksTheLawWhereTheProgramSetTheTrapFlagAndOnlyInWhenItTraps() {
    Registers stepping = Registers.ofSyscall(CLEAN.rip(), 0x346);

    assertThat(check("seed", stepping, Machine.TRACED)).isEqualTo(Verdict.of(Outcome.SYSRET));
    UserState bySysret = (UserState) Instruction.SYSRET.execute(stepping, 0, Cpu.INTEL);
    UserState byIretq = (UserState) Instruction.IRETQ.execute(stepping, 0, Cpu.INTEL);
    assertThat(bySysret.stepTrap()).isEqualTo(StepTrap.BEFORE_FIRST_INSTRUCTION);
    assertThat(byIretq.stepTrap()).isEqualTo(StepTrap.AFTER_FIRST_INSTRUCTION);
    assertThat(bySysret).usingRecursiveComparison().ignoringFields("stepTrap").isEqualTo(byIretq);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linux-4.0", "linux-4.1", "linux-4.2", "linux-4.4", "linux-6.7", "linux-6.9"})
  void since40NoFrameWithTheTrapFlagReturnsBySysret(String id) {
    Registers stepping = Registers.ofSyscall(CLEAN.rip(), 0x346);

    assertThat(check(id, stepping, Machine.TRACED).allMisses()).containsExactly(MissReason.TF_SET);
  }

  /**
   * The checks that refuse frames on which both instructions agree. No other check refuses such a
   * frame of the space, which a test shows.
   */
  private static Set<MissReason> strictChecks(String id) {
    return switch (id) {
      case "linux-4.2", "linux-4.4", "linux-4.6", "linux-4.16", "linux-5.12" -> SLOTS_AND_R11;
      case "linux-6.9" -> EnumSet.of(MissReason.R11_NOT_RFLAGS, MissReason.RIP_NOT_USER_ADDRESS);
      default -> {
        Set<MissReason> all = EnumSet.of(MissReason.RIP_NOT_USER_ADDRESS);
        all.addAll(SLOTS_AND_R11);
        yield all;
      }
    };
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("checkingModels")
  void leavingOutAnyOneCheckBreaksTheLaw(String id) {
    assertNeeded(FrameSpace.WHOLE, id);
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void leavingOutAnyOneCheckBreaksTheLawInTheCoreOfTheSpace(String id) {
    assertNeeded(FrameSpace.SMALL, id);
  }

  /**
   * Each mutant of the model, one check left out, returns a frame by SYSRET that only this check
   * kept from it, and that breaks the law. Xen PV is not about the frame.
   */
  private static void assertNeeded(FrameSpace space, String id) {
    Set<MissReason> ofFrames =
        model(id).checks().stream()
            .map(Check::reason)
            .filter(reason -> reason != MissReason.XEN_PV_GUEST)
            .collect(Collectors.toSet());
    for (Machine machine : Machines.bare(id)) {
      ModelWalk walk = ModelWalk.of(space, id, machine);
      assertThat(walk.needed().keySet()).as("%s on %s", id, machine).isEqualTo(ofFrames);
      assertThat(walk.stricter().keySet()).isEqualTo(strictChecks(id));
      walk.needed().forEach((reason, frame) -> assertBreaksWithout(reason, frame, id, machine));
    }
  }

  private static void assertBreaksWithout(
      MissReason reason, Registers frame, String id, Machine machine) {
    assertThat(check(id, frame, machine).allMisses()).containsExactly(reason);
    assertThat(model(id).without(reason).check(frame, machine).outcome()).isEqualTo(Outcome.SYSRET);
    assertThat(Law.isKept(frame, machine)).as("%s on %s", reason, frame).isFalse();
  }

  @Test
  void beforeTheSeedAndUnderFredThereIsNothingToLeaveOut() {
    assertThat(model("linux-3.19").checks()).isEmpty();
    assertThat(model("fred").checks()).isEmpty();
  }

  /** Stricter than the law: IRETQ would have read the low 16 bits of the slots only. */
  @ParameterizedTest
  @CsvSource({"CS, 0x10033", "SS, 0x1002b", "SS, 0x7ffef405002b"})
  void upTo67BitsAboveASelectorAreRefusedThoughBothInstructionsIgnoreThem(
      Register slot, long value) {
    Registers frame = CLEAN.with(slot, value);

    assertThat(Law.isKept(frame, Machine.TRACED)).isTrue();
    for (String id : StraightCode.CHECKING) {
      assertThat(check(id, frame, Machine.TRACED).outcome())
          .as(id)
          .isEqualTo(id.equals("linux-6.9") ? Outcome.SYSRET : Outcome.IRET_MISS);
    }
  }

  /** Stricter than the law: bits 3, 5, 15, 17 and all from 22 up reach no user's RFLAGS. */
  @ParameterizedTest
  @MethodSource("checkingModels")
  void aDifferenceInABitThatNeitherInstructionLoadsIsRefused(String id) {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      boolean loaded = (Instruction.IRETQ_FLAGS >>> bit) % 2 != 0;
      Registers frame = CLEAN.with(Register.RFLAGS, CLEAN.rflags() ^ 1L << bit);
      assertThat(check(id, frame, Machine.TRACED).firstMiss()).contains(MissReason.R11_NOT_RFLAGS);
      // Bit 1 is loaded as one, whatever the frame says.
      assertThat(Law.isKept(frame, Machine.TRACED)).as("bit " + bit).isEqualTo(!loaded || bit == 1);
    }
  }

  /** Stricter than the law: 17 clear bits refuse the upper half, which is as canonical. */
  @ParameterizedTest
  @ValueSource(strings = {"seed", "linux-4.0", "linux-4.1"})
  void upTo41TheUpperHalfIsRefusedThoughItIsCanonical(String id) {
    assertRefusedForItsAddress(id, VSYSCALL, Machine.TRACED);
    assertRefusedForItsAddress(id, 0xffff_8000_0000_0000L, Machine.TRACED);
    assertThat(check(id, at(LAST_PAGE), Machine.TRACED).outcome()).isEqualTo(Outcome.SYSRET);
  }

  /** Stricter than the law: the limit refuses the last page of the lower half too. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-6.7", "linux-6.9"})
  void since67TheLastPageAndTheUpperHalfAreRefusedThoughTheyAreCanonical(String id) {
    assertRefusedForItsAddress(id, VSYSCALL, Machine.TRACED);
    assertRefusedForItsAddress(id, LAST_PAGE, Machine.TRACED);
    assertRefusedForItsAddress(id, LAST_PAGE + 4095, Machine.TRACED);
    assertRefusedForItsAddress(id, 0x00ff_ffff_ffff_f000L, LA57);
    assertRefusedForItsAddress(id, 0xff00_0000_0000_0000L, LA57);
  }

  private static void assertRefusedForItsAddress(String id, long address, Machine machine) {
    assertThat(check(id, at(address), machine).allMisses())
        .containsExactly(MissReason.RIP_NOT_USER_ADDRESS);
    assertThat(Law.isKept(at(address), machine)).isTrue();
  }

  /**
   * Exact: every canonical address passes, the upper half too. That is harmless: both instructions
   * reach user mode there, and the program faults at its first instruction.
   */
  @ParameterizedTest
  @ValueSource(strings = {"linux-4.2", "linux-4.4", "linux-4.6", "linux-4.16", "linux-5.12"})
  void from42To66TheUpperHalfPassesAndKeepsTheLaw(String id) {
    for (long address : new long[] {VSYSCALL, 0xffff_8000_0000_0000L, -1, LAST_PAGE}) {
      assertThat(check(id, at(address), Machine.TRACED)).isEqualTo(Verdict.of(Outcome.SYSRET));
      assertThat(Law.isKept(at(address), Machine.TRACED)).isTrue();
    }
  }

  /** The width has to follow the machine: with the wrong width the law is broken. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-4.6", "linux-4.16", "linux-5.12", "linux-6.7", "linux-6.9"})
  void theFirstAddressAboveTheFourLevelHalfPassesWithFiveLevelsOnly(String id) {
    Registers frame = at(1L << 47);

    assertThat(check(id, frame, LA57)).isEqualTo(Verdict.of(Outcome.SYSRET));
    assertThat(Law.isKept(frame, LA57)).isTrue();
    assertThat(check(id, frame, Machine.TRACED).outcome()).isEqualTo(Outcome.IRET_MISS);
    assertThat(Law.isKept(frame, Machine.TRACED)).isFalse();
  }

  /**
   * A fast path checks nothing: the law holds there only for frames that SYSCALL made and nothing
   * changed.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-3.19",
        "seed",
        "linux-4.0",
        "linux-4.1",
        "linux-4.2",
        "linux-4.4",
        "linux-4.6"
      })
  void aFastPathKeepsTheLawOnAPlainSyscallAndBreaksItOnOneThatIsSingleStepped(String id) {
    Registers stepping = Registers.ofSyscall(CLEAN.rip(), 0x346);

    for (Registers frame : new Registers[] {CLEAN, stepping}) {
      Exit exit = Exit.of(EntryPath.SYSCALL_NO_WORK, frame);
      assertThat(model(id).judge(exit, Machine.UNTRACED))
          .isEqualTo(Verdict.of(Outcome.FAST_SYSRET));
      assertThat(Law.isKept(frame, Machine.UNTRACED)).isEqualTo(frame == CLEAN);
    }
  }

  /** The check for Xen PV is about the instruction, which such a guest does not have. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.12", "linux-6.7", "linux-6.9"})
  void withoutTheCheckForXenAGuestWouldReturnLawfulFramesByAnInstructionItMustNotUse(String id) {
    Machine xen = Machine.TRACED.withXenPv(true);

    assertThat(check(id, CLEAN, xen).allMisses()).containsExactly(MissReason.XEN_PV_GUEST);
    assertThat(model(id).without(MissReason.XEN_PV_GUEST).check(CLEAN, xen))
        .isEqualTo(Verdict.of(Outcome.SYSRET));
  }

  @Test
  void withoutTheAddressTestAnIntelCpuFaultsInTheKernelOnTheUsersStack() {
    Registers frame = at(1L << 47);

    assertThat(Instruction.SYSRET.execute(frame, 0x1000, Cpu.INTEL))
        .isEqualTo(new Fault("#GP", 0, true, true))
        .hasToString("#GP(0x0) in kernel mode on the user's stack");
    assertThat(Instruction.SYSRET.execute(frame, 0x1000, Cpu.AMD))
        .isEqualTo(new Fault("#GP", 0, false, false))
        .hasToString("#GP(0x0) in user mode on the kernel's stack");
    assertThat(Instruction.IRETQ.execute(frame, 0x1000, Cpu.INTEL))
        .isEqualTo(new Fault("#GP", 0, true, false));
  }

  /**
   * Nothing tests RSP, and nothing has to: a mutant that refuses a stack pointer only loses hits.
   */
  @Test
  void anyStackPointerIsTakenAsItIsByBothInstructions() {
    for (long rsp : FrameSpace.STACK_POINTERS) {
      assertThat(Instruction.SYSRET.execute(CLEAN, rsp, Cpu.INTEL))
          .isEqualTo(Instruction.IRETQ.execute(CLEAN, rsp, Cpu.INTEL))
          .extracting(landing -> ((UserState) landing).rsp())
          .isEqualTo(rsp);
    }
  }

  private static Registers at(long address) {
    return Registers.ofSyscall(address, 0x246);
  }

  private static Verdict check(String id, Registers frame, Machine machine) {
    return model(id).check(frame, machine);
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }
}
