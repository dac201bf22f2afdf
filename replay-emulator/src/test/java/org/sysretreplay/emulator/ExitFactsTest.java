package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The terms say what the fast code computes, and every number has registers. */
class ExitFactsTest {

  private static final long[] FEW_ADDRESSES = {0, 2, 0x40_1000};
  private static final long[] FEW_FLAGS = {0, 0x246, 0x346, Rflags.IOPL};
  private static final long[] CODE = {0x33, 0x23};
  private static final long[] STACK = {0x2b};

  /** Where RCX of a new program, which is zero, may also be two bytes behind RIP. */
  private static final long[] AROUND_ZERO = {-3, -2, -1, 0, 1, 2, 3};

  /** All boundaries of what is asked about together, and few of the rest. */
  private static final List<FrameSpace> SPACES =
      List.of(
          FrameSpace.SMALL,
          new FrameSpace(AROUND_ZERO, FrameSpace.WHOLE.flags(), CODE, new long[] {0x2b, 0x0f}),
          new FrameSpace(FrameSpace.WHOLE.addresses(), FEW_FLAGS, CODE, STACK),
          new FrameSpace(FEW_ADDRESSES, FrameSpace.WHOLE.flags(), CODE, STACK),
          new FrameSpace(
              FEW_ADDRESSES,
              FEW_FLAGS,
              FrameSpace.WHOLE.codeSegments(),
              FrameSpace.WHOLE.stackSegments()));

  private static Optional<Registers> findFirst(Predicate<Registers> wanted) {
    return SPACES.stream().flatMap(it -> it.findFirst(wanted).stream()).findFirst();
  }

  private static boolean isOther(Registers regs) {
    return ExitFacts.of(regs) != ExitFacts.ofTerms(regs);
  }

  @Test
  void areTheSameAsTermsForTheBoundariesOfAllRegisters() {
    assertThat(findFirst(ExitFactsTest::isOther)).isEmpty();
  }

  @Test
  void areTheSameAsTermsForAnyRegisters() {
    SplittableRandom random = new SplittableRandom(20_150_201);
    for (int i = 0; i < 200_000; i++) {
      Registers regs = any(random);
      assertThat(ExitFacts.ofTerms(regs)).as("%s", regs).isEqualTo(ExitFacts.of(regs));
    }
  }

  /** Registers of which every bit may be set, few may be set, or one repeats another. */
  private static Registers any(SplittableRandom random) {
    long rip = number(random);
    long rflags = number(random);
    return new Registers(
        rip,
        random.nextBoolean() ? rip + random.nextInt(-2, 3) : number(random),
        random.nextBoolean() ? rflags ^ 1L << random.nextInt(64) : number(random),
        rflags,
        random.nextBoolean() ? 0x33 ^ 1L << random.nextInt(64) : number(random),
        random.nextBoolean() ? 0x2b ^ 1L << random.nextInt(64) : number(random));
  }

  private static long number(SplittableRandom random) {
    long number = random.nextLong();
    int shift = random.nextInt(64);
    return random.nextBoolean() ? number >> shift : number >>> shift;
  }

  @Test
  void areOneNumberForAllPlainFrames() {
    assertThat(
            findFirst(
                regs ->
                    ExitFacts.PLAIN.of(regs) != 0 && ExitFacts.of(regs) != ExitFacts.PLAIN_NUMBER))
        .isEmpty();
    assertThat(ExitFacts.PLAIN.of(Registers.ofSyscall(0x7f12_3456_7ab2L, 0x246))).isEqualTo(1);
    assertThat(ExitFacts.PLAIN.of(Registers.ofSyscall(0x7f12_3456_7ab2L, 0x346))).isZero();
  }

  @Test
  void haveRegistersForEveryNumberThatFramesHave() {
    Set<Integer> numbers = new HashSet<>();
    findFirst(
        regs -> {
          numbers.add(ExitFacts.of(regs));
          return false;
        });
    assertThat(numbers)
        .hasSizeGreaterThan(1_000)
        .allMatch(number -> ExitFacts.of(ExitFacts.registers(number)) == number);
  }

  @Test
  void haveNoRegistersForOtherNumbers() {
    // RCX is RIP, and yet two bytes behind it.
    int none = 7 << 3 | 1 << RegisterFacts.BITS + 2;
    assertThatThrownBy(() -> ExitFacts.registers(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no registers have the facts 0x200038");
  }

  @Test
  void areSpeltWithNumbersThatNoLanguageTakesForNegative() {
    assertThat(ExitFacts.PARTS)
        .allSatisfy(part -> assertThat(part.term().text(Register::key)).isNotEmpty());
    assertThat(ExitFacts.PLAIN.text(Register::key))
        .isEqualTo(
            "((((((rip == rcx) && (r11 == rflags)) && (cs == 0x33)) && (ss == 0x2b))"
                + " && ((rflags & 0x30100) == 0x0)) && (rip < 0x7ffffffff000))");
    assertThatThrownBy(() -> Term.number(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
