package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model against {@link StraightCode}, on every machine that it supports. */
class AllModelsTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  static Stream<String> checkingModels() {
    return StraightCode.CHECKING.stream();
  }

  @Test
  void knowsTwelveModelsOldestFirst() {
    assertThat(ExitModels.all())
        .extracting(ExitModel::id)
        .containsExactly(
            "linux-3.19",
            "seed",
            "linux-4.0",
            "linux-4.1",
            "linux-4.2",
            "linux-4.4",
            "linux-4.6",
            "linux-4.16",
            "linux-5.12",
            "linux-6.7",
            "linux-6.9",
            "fred");
  }

  @Test
  void allButTheFirstAndTheLastHaveACheck() {
    assertThat(ExitModels.all().stream().filter(ExitModel::hasCheck))
        .extracting(ExitModel::id)
        .containsExactlyElementsOf(StraightCode.CHECKING);
  }

  @Test
  void theWholeSpaceHasSeventyMillionFrames() {
    assertThat(FrameSpace.WHOLE.size()).isEqualTo(34L * 34 * 31 * 31 * 9 * 7).isEqualTo(69_987_708);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("checkingModels")
  void saysOfEveryFrameWhatTheStraightCodeSays(String id) {
    assertSameOn(FrameSpace.WHOLE, id);
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void saysOfTheCoreOfTheSpaceWhatTheStraightCodeSays(String id) {
    assertSameOn(FrameSpace.SMALL, id);
  }

  private static void assertSameOn(FrameSpace space, String id) {
    for (Machine machine : Machines.of(id)) {
      ModelWalk walk = ModelWalk.of(space, id, machine);
      assertThat(walk.disagreement()).as("%s on %s", id, machine).isEmpty();
      assertThat(walk.frames()).isEqualTo(space.size());
      assertThat(walk.judgedWhole()).isGreaterThan(space.size() / ModelWalk.WHOLE_EVERY);
      boolean refusesAll = ofModel(id).check(CLEAN, machine).outcome() != Outcome.SYSRET;
      assertThat(walk.hits() == 0).as("no hits at all").isEqualTo(refusesAll);
    }
  }

  /** Guards the space: the core holds a frame for every difference between two kernels. */
  @Tag("exhaustive")
  @Test
  void noTwoFormsOfTheCheckAreTheSameOnTheCoreOfTheSpace() {
    for (String id : StraightCode.CHECKING) {
      assertThat(StraightCode.CHECKING.stream().filter(other -> isSameForm(id, other)))
          .containsExactlyElementsOf(
              switch (id) {
                case "linux-4.0", "linux-4.1" -> List.of("linux-4.0", "linux-4.1");
                case "linux-4.2", "linux-4.4" -> List.of("linux-4.2", "linux-4.4");
                case "linux-4.6", "linux-4.16" -> List.of("linux-4.6", "linux-4.16");
                default -> List.of(id);
              });
    }
  }

  private static boolean isSameForm(String one, String other) {
    return Machines.of("linux-6.9").stream()
        .allMatch(
            it ->
                isSame(
                    StraightCode.first(one, it.la57(), it.xenPv()),
                    StraightCode.first(other, it.la57(), it.xenPv())));
  }

  private static boolean isSame(
      Function<PtRegs, MissReason> one, Function<PtRegs, MissReason> other) {
    return FrameSpace.SMALL.findFirst(it -> one.apply(it) != other.apply(it)).isEmpty();
  }

  @Test
  void kernelsBefore46CannotRunWithFiveLevelPaging() {
    Machine la57 = Machine.TRACED.withLa57(true);
    for (ExitModel model : ExitModels.all()) {
      assertThat(model.supports(la57))
          .as(model.id())
          .isEqualTo(StraightCode.supportsLa57(model.id()));
      assertThat(model.supports(Machine.TRACED)).as(model.id()).isTrue();
      assertThat(model.supports(Machine.UNTRACED.withXenPv(true))).as(model.id()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyBitOfR11AndRflagsCounts(String id) {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      Registers frame = CLEAN.with(Register.RFLAGS, 0x246 ^ 1L << bit);
      assertThat(ofModel(id).check(frame, Machine.TRACED).firstMiss())
          .as("bit " + bit)
          .contains(MissReason.R11_NOT_RFLAGS);
    }
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyBitOfRipAndRcxCounts(String id) {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      Registers frame = CLEAN.with(Register.RIP, CLEAN.rip() ^ 1L << bit);
      assertThat(ofModel(id).check(frame, Machine.TRACED).firstMiss())
          .as("bit " + bit)
          .contains(MissReason.RCX_NOT_RIP);
    }
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyBitOfASelectorSlotCountsButTheUpperOnesSince69(String id) {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      boolean counts = bit < 16 || !id.equals("linux-6.9");
      for (Register slot : new Register[] {Register.CS, Register.SS}) {
        Registers frame = CLEAN.with(slot, slot.of(CLEAN) ^ 1L << bit);
        assertThat(ofModel(id).check(frame, Machine.TRACED).outcome())
            .as(slot + " bit " + bit)
            .isEqualTo(counts ? Outcome.IRET_MISS : Outcome.SYSRET);
      }
    }
  }

  private static ExitModel ofModel(String id) {
    return ExitModels.byId(id).orElseThrow();
  }
}
