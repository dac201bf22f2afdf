package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model is made of, whichever kernel it is. */
class ExitModelTest {

  static List<ExitModel> models() {
    return ExitModels.all();
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
    ExitModel.Rule rule = ExitModels.SEED.rule().withChecks(List.of(check, check));
    assertThatThrownBy(() -> new ExitModel(ExitModels.SEED.description(), rule))
        .hasMessage("seed gives one reason twice");
  }

  @Test
  void aColumnOfTheMatrixHasOneRouteForEachRow() {
    assertThatThrownBy(() -> Routes.of(Route.FAST))
        .hasMessage("1 routes for " + EntryPath.values().length + " paths");
    Route[] column = new Route[EntryPath.values().length];
    for (int i = 0; i < column.length; i++) {
      column[i] = Route.values()[i % Route.values().length];
    }
    assertThat(Routes.of(column).keySet()).isEqualTo(EnumSet.allOf(EntryPath.class));
    assertThat(Routes.of(column).values()).containsExactly(column);
    assertThat(Routes.all(Route.ERETU).keySet()).isEqualTo(EnumSet.allOf(EntryPath.class));
    assertThat(Routes.all(Route.ERETU).values()).containsOnly(Route.ERETU);
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

  @Test
  void noModelHasAnUnknownId() {
    assertThat(ExitModels.byId("linux-2.6")).isEmpty();
    assertThat(ExitModels.byId("")).isEmpty();
  }
}
