package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.sysretreplay.emulator.Landing.StepTrap;
import org.sysretreplay.emulator.Landing.UserState;

/**
 * The law that makes the optimisation right: wherever a model says SYSRET, both instructions leave
 * the same user state, on both vendors' CPUs and for every stack pointer.
 */
class SysretLawTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  @Test
  void seedKeepsTheLawOnEveryFrameWithoutTheTrapFlag() {
    long[] hits = {0};
    Optional<Registers> counterexample =
        FrameSpace.findFirst(
            frame -> {
              if (!saysSysret(ExitModels.SEED, frame)) {
                return false;
              }
              hits[0]++;
              return !Rflags.TF.in(frame.r11()) && breaksTheLaw(frame);
            });
    assertThat(counterexample).isEmpty();
    long userAddresses = Arrays.stream(FrameSpace.ADDRESSES).filter(a -> a >>> 47 == 0).count();
    long flagWords = Arrays.stream(FrameSpace.FLAGS).filter(f -> !Rflags.RF.in(f)).count();
    assertThat(hits[0]).isEqualTo(userAddresses * flagWords);
  }

  /** The known hole of the seed (sheet 2.2): TF in both RFLAGS and R11 passes. */
  @Test
  void seedBreaksTheLawWhereTheProgramSetTheTrapFlagAndOnlyInWhenItTraps() {
    Registers stepping = Registers.ofSyscall(0x7f1234567ab2L, 0x346);

    assertThat(ExitModels.SEED.check(stepping, Machine.TRACED))
        .isEqualTo(Verdict.of(Outcome.SYSRET));
    UserState bySysret = (UserState) Instruction.SYSRET.execute(stepping, 0, Cpu.INTEL);
    UserState byIretq = (UserState) Instruction.IRETQ.execute(stepping, 0, Cpu.INTEL);
    assertThat(bySysret.stepTrap()).isEqualTo(StepTrap.BEFORE_FIRST_INSTRUCTION);
    assertThat(byIretq.stepTrap()).isEqualTo(StepTrap.AFTER_FIRST_INSTRUCTION);
    assertThat(bySysret).usingRecursiveComparison().ignoringFields("stepTrap").isEqualTo(byIretq);
  }

  /** Six mutants of the seed, one for each test left out, each killed by a frame of the space. */
  @ParameterizedTest
  @EnumSource(
      value = MissReason.class,
      mode = Mode.EXCLUDE,
      names = {"XEN_PV_GUEST", "TF_SET"})
  void leavingOutAnyOneTestBreaksTheLaw(MissReason left) {
    ExitModel mutant = ExitModels.SEED.without(left);

    Optional<Registers> counterexample =
        FrameSpace.findFirst(
            frame ->
                !Rflags.TF.in(frame.r11()) && saysSysret(mutant, frame) && breaksTheLaw(frame));

    assertThat(counterexample).as("a frame that only " + left + " keeps from SYSRET").isPresent();
    assertThat(ExitModels.SEED.check(counterexample.orElseThrow(), Machine.TRACED).allMisses())
        .containsExactly(left);
  }

  @Test
  void withoutTheAddressTestAnIntelCpuFaultsInTheKernelOnTheUsersStack() {
    Registers frame = Registers.ofSyscall(1L << 47, 0x246);

    assertThat(Instruction.SYSRET.execute(frame, 0x1000, Cpu.INTEL))
        .isEqualTo(new Landing.Fault("#GP", 0, true, true))
        .hasToString("#GP(0x0) in kernel mode on the user's stack");
    assertThat(Instruction.SYSRET.execute(frame, 0x1000, Cpu.AMD))
        .isEqualTo(new Landing.Fault("#GP", 0, false, false));
    assertThat(Instruction.IRETQ.execute(frame, 0x1000, Cpu.INTEL))
        .isEqualTo(new Landing.Fault("#GP", 0, true, false));
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

  private static boolean saysSysret(ExitModel model, Registers frame) {
    return model.check(frame, Machine.TRACED).outcome() == Outcome.SYSRET;
  }

  private static boolean breaksTheLaw(Registers frame) {
    return breaksTheLaw(frame, Cpu.INTEL) || breaksTheLaw(frame, Cpu.AMD);
  }

  private static boolean breaksTheLaw(Registers frame, Cpu cpu) {
    for (long rsp : FrameSpace.STACK_POINTERS) {
      Landing bySysret = Instruction.SYSRET.execute(frame, rsp, cpu);
      if (!(bySysret instanceof UserState)
          || !bySysret.equals(Instruction.IRETQ.execute(frame, rsp, cpu))) {
        return true;
      }
    }
    return false;
  }
}
