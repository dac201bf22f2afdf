package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every model is made of, whichever kernel it is. */
class ExitModelTest {

  static List<ExitModel> models() {
    return ExitModels.all();
  }

  @Test
  void aModelThatGivesOneReasonTwiceIsRefused() {
    Check check = ExitModels.SEED.checks().get(0);
    ExitModel.Rule rule = ExitModels.SEED.rule().withChecks(List.of(check, check));
    assertThatThrownBy(() -> new ExitModel(ExitModels.SEED.description(), rule))
        .hasMessage("seed gives one reason twice");
  }

  /** A model is data: built again from its parts it says the same of the core of the space. */
  @ParameterizedTest
  @MethodSource("models")
  void aModelBuiltAgainFromItsPartsGivesTheSameVerdicts(ExitModel model) {
    ExitModel again = new ExitModel(model.description(), model.rule());

    assertThat(
            FrameSpace.TINY.findFirst(
                frame ->
                    !again.check(frame, Machine.TRACED).equals(model.check(frame, Machine.TRACED))))
        .isEmpty();
    assertThat(again.checks()).isEqualTo(model.checks());
    assertThat(again.kernel()).isSameAs(again);
    assertThat(again.policies()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void equalVerdictsAreOneObject(ExitModel model) {
    FrameSpace.TINY.findFirst(
        frame -> {
          Verdict verdict = model.check(frame, Machine.TRACED);
          assertThat(model.check(frame, Machine.TRACED)).isSameAs(verdict);
          return false;
        });
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyCheckCanBeLeftOutAndTheOthersKeepTheirOrder(ExitModel model) {
    for (Check left : model.checks()) {
      assertThat(model.without(left.reason()).checks())
          .containsExactlyElementsOf(
              model.checks().stream().filter(check -> check != left).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelSaysWhatItIs(ExitModel model) {
    assertThat(model).hasToString(model.id());
    assertThat(model.description().versions()).isNotBlank();
    assertThat(model.description().summary()).isNotBlank();
    assertThat(model.description().evidence()).isNotEmpty();
    assertThat(ExitModels.byId(model.id())).containsSame(model);
  }

  /** A rule that a policy is not about stays as it is. */
  @ParameterizedTest
  @EnumSource(Policy.class)
  void aPolicyChangesNothingButWhatItIsAbout(Policy policy) {
    for (ExitModel model : models().stream().filter(ExitModel::hasCheck).toList()) {
      ExitModel other = model.under(policy);
      assertThat(changedChecks(model, other))
          .isSubsetOf(
              policy == Policy.NO_CANONICAL_PESSIMISM
                  ? EnumSet.of(MissReason.RIP_NOT_USER_ADDRESS)
                  : EnumSet.noneOf(MissReason.class));
      assertThat(changedRoutes(model, other))
          .isSubsetOf(
              policy == Policy.IRQ_CHECK || policy == Policy.NO_IRQ_CHECK
                  ? EnumSet.of(EntryPath.INTERRUPT, EntryPath.EXCEPTION)
                  : EnumSet.noneOf(EntryPath.class));
    }
  }

  private static List<MissReason> changedChecks(ExitModel one, ExitModel other) {
    assertThat(other.checks())
        .extracting(Check::reason)
        .isEqualTo(one.checks().stream().map(Check::reason).toList());
    return IntStream.range(0, one.checks().size())
        .filter(i -> !one.checks().get(i).equals(other.checks().get(i)))
        .mapToObj(i -> one.checks().get(i).reason())
        .toList();
  }

  private static List<EntryPath> changedRoutes(ExitModel one, ExitModel other) {
    return Stream.of(EntryPath.values())
        .filter(path -> one.rule().routes().of(path) != other.rule().routes().of(path))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "linux-4.4, true",
    "linux-4.6, true",
    "linux-4.16, true",
    "linux-5.12, false",
    "linux-6.7, false",
    "linux-6.9, false"
  })
  void aXenPvGuestReturnsTo32BitCodeByIretWhereEveryFrameDoes(String id, boolean isOpen) {
    ExitModel model = ExitModels.byId(id).orElseThrow();
    Exit exit =
        Exit.of(EntryPath.COMPAT, Registers.ofSyscall(0x8048000, 0x246).with(Register.CS, 0x23));
    for (Machine machine : List.of(Machine.TRACED, Machine.UNTRACED)) {
      assertThat(model.judge(exit, machine).doubt()).contains(Doubt.COMPAT_RETURN);
      assertThat(model.judge(exit, machine.withXenPv(true)))
          .isEqualTo(
              isOpen ? Verdict.doubtful(Doubt.COMPAT_RETURN) : Verdict.of(Outcome.IRET_ROUTE));
    }
  }

  /** Such a frame is int $0x80's, from 64-bit code or from a segment of the LDT. */
  @ParameterizedTest
  @ValueSource(longs = {0x33, 0x0f, 0x1_0033, 0})
  void aFrameOf32BitEntryWithAnotherCodeSegmentIsNoFastReturn(long cs) {
    Registers frame = new Registers(0x401592, 3, 0, 0x246, cs, 0x2b);
    for (ExitModel model : models()) {
      Verdict verdict = model.judge(Exit.of(EntryPath.COMPAT, frame), Machine.UNTRACED);
      assertThat(verdict)
          .as(model.id())
          .isEqualTo(model.judge(Exit.of(EntryPath.INT80, frame), Machine.UNTRACED));
      assertThat(verdict.doubt()).isEmpty();
      assertThat(verdict.outcome().isBySysret()).isFalse();
    }
  }

  @Test
  void noModelHasAnUnknownId() {
    assertThat(ExitModels.byId("linux-2.6")).isEmpty();
    assertThat(ExitModels.byId("")).isEmpty();
  }
}
