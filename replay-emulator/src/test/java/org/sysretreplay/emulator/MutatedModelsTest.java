package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models are data, so they are mutated as data: a check left out, two checks in the other order, a
 * constant, a register or a width changed, a route replaced. The core of the frame space and the
 * table of routes tell every such mutant from the kernel that it was made of.
 */
@Tag("exhaustive")
class MutatedModelsTest {

  /** A change to a model that a test has to find. */
  private record Mutant(String id, ExitModel model, String what) {
    Mutant(ExitModel of, ExitModel.Rule rule, String what) {
      this(of.id(), new ExitModel(of.description(), rule), what);
    }
  }

  static List<ExitModel> models() {
    return ExitModels.all();
  }

  static Stream<ExitModel> checkingModels() {
    return ExitModels.all().stream().filter(ExitModel::hasCheck);
  }

  static Stream<ExitModel> modelsWithACheckOf32BitCode() {
    return ExitModels.all().stream().filter(model -> !model.rule().compat().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("checkingModels")
  void everyMutantOfTheChecksIsFound(ExitModel model) {
    List<Mutant> mutants =
        mutatedChecks(model.checks()).stream()
            .map(it -> new Mutant(model, model.rule().withChecks(it), formulas(it)))
            .toList();

    assertThat(mutants.size()).isGreaterThan(90);
    assertThat(mutants.stream().filter(mutant -> !isFoundByItsChecks(mutant))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modelsWithACheckOf32BitCode")
  void everyMutantOfTheCheckOf32BitCodeIsFound(ExitModel model) {
    ExitModel.Rule rule = model.rule();
    List<Mutant> mutants =
        mutatedConditions(rule.compat()).stream()
            .map(it -> new ExitModel.Rule(rule.routes(), rule.checks(), it, rule.la57()))
            .map(it -> new Mutant(model, it, it.compat().toString()))
            .toList();

    assertThat(mutants.size()).isGreaterThan(40);
    assertThat(mutants.stream().filter(mutant -> !isFoundByItsRoutes(mutant))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyMutantOfTheRoutesIsFound(ExitModel model) {
    List<Mutant> mutants = new ArrayList<>();
    for (EntryPath path : EntryPath.values()) {
      for (Route route : Route.values()) {
        Routes routes = model.rule().routes();
        if (routes.of(path) != route) {
          mutants.add(
              new Mutant(
                  model,
                  model.rule().withRoutes(routes.but(route, path)),
                  "%s: %s".formatted(path, route)));
        }
      }
    }

    assertThat(mutants.size()).isEqualTo(EntryPath.values().length * (Route.values().length - 1));
    assertThat(mutants.stream().filter(mutant -> !isFoundByItsRoutes(mutant))).isEmpty();
  }

  private static boolean isFoundByItsChecks(Mutant mutant) {
    return Machines.of(mutant.id).stream()
        .anyMatch(
            machine ->
                FrameSpace.SMALL
                    .findFirst(
                        frame ->
                            !StraightCode.verdict(mutant.id, frame, machine)
                                .equals(mutant.model.check(frame, machine)))
                    .isPresent());
  }

  private static boolean isFoundByItsRoutes(Mutant mutant) {
    return RouteTable.rows().stream()
        .anyMatch(
            row ->
                row.machines(mutant.id).stream()
                    .anyMatch(
                        machine ->
                            mutant.model.route(row.path(), machine) != row.of(mutant.id)
                                || isFoundOn(row, mutant, machine)));
  }

  private static boolean isFoundOn(RouteTable.Row row, Mutant mutant, Machine machine) {
    return row.of(mutant.id) == Route.COMPAT_CHECK
        && FrameSpace.TINY
            .findFirst(
                frame ->
                    StraightCode.maySysretl(mutant.id, frame, machine.xenPv())
                        != mutant
                            .model
                            .judge(Exit.of(row.path(), frame), machine)
                            .doubt()
                            .isPresent())
            .isPresent();
  }

  private static List<List<Check>> mutatedChecks(List<Check> checks) {
    List<List<Check>> mutants = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      List<Check> shorter = new ArrayList<>(checks);
      Check check = shorter.remove(i);
      mutants.add(shorter);
      if (i > 0) {
        List<Check> swapped = new ArrayList<>(checks);
        Collections.swap(swapped, i - 1, i);
        mutants.add(swapped);
      }
      for (Condition other : variants(check.condition())) {
        List<Check> changed = new ArrayList<>(checks);
        changed.set(i, new Check(check.reason(), other, check.sentence(), check.evidence()));
        mutants.add(changed);
      }
    }
    return mutants;
  }

  private static List<List<Condition>> mutatedConditions(List<Condition> conditions) {
    List<List<Condition>> mutants = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      List<Condition> shorter = new ArrayList<>(conditions);
      Condition condition = shorter.remove(i);
      mutants.add(shorter);
      for (Condition other : variants(condition)) {
        List<Condition> changed = new ArrayList<>(conditions);
        changed.set(i, other);
        mutants.add(changed);
      }
    }
    return mutants;
  }

  /**
   * Conditions that are written almost as this one, and demand something else. There are none of
   * {@link Condition.NotXenPv}, which has no part that could be another.
   */
  private static List<Condition> variants(Condition condition) {
    List<Condition> variants = new ArrayList<>();
    if (condition instanceof Condition.Equal it) {
      for (Register other : others(it.left(), it.right())) {
        variants.add(new Condition.Equal(it.left(), other));
        variants.add(new Condition.Equal(other, it.right()));
      }
    } else if (condition instanceof Condition.Is it) {
      variants.add(new Condition.IsSelector(it.register(), (int) it.value()));
      for (int bit = 0; bit < Long.SIZE; bit++) {
        variants.add(new Condition.Is(it.register(), it.value() ^ 1L << bit));
      }
      others(it.register()).forEach(other -> variants.add(new Condition.Is(other, it.value())));
    } else if (condition instanceof Condition.IsSelector it) {
      variants.add(new Condition.Is(it.register(), it.selector()));
      for (int bit = 0; bit < Short.SIZE; bit++) {
        variants.add(new Condition.IsSelector(it.register(), it.selector() ^ 1 << bit));
      }
      others(it.register())
          .forEach(other -> variants.add(new Condition.IsSelector(other, it.selector())));
    } else if (condition instanceof Condition.HighBitsClear it) {
      variants.add(new Condition.HighBitsClear(it.register(), it.lowestBit() - 1));
      variants.add(new Condition.HighBitsClear(it.register(), it.lowestBit() + 1));
      variants.add(new Condition.HighBitsClear(Register.RIP, it.lowestBit()));
      variants.add(new Condition.SignExtends(it.register(), it.register()));
      variants.add(new Condition.BelowUserLimit(it.register()));
    } else if (condition instanceof Condition.SignExtends it) {
      variants.add(new Condition.SignExtends(it.expected(), it.extended()));
      variants.add(new Condition.SignExtends(it.extended(), it.extended()));
      variants.add(new Condition.SignExtends(it.expected(), it.expected()));
      variants.add(new Condition.HighBitsClear(it.extended(), 47));
      variants.add(new Condition.BelowUserLimit(it.expected()));
    } else if (condition instanceof Condition.BelowUserLimit it) {
      variants.add(new Condition.HighBitsClear(it.register(), 47));
      variants.add(new Condition.SignExtends(it.register(), it.register()));
      others(it.register()).forEach(other -> variants.add(new Condition.BelowUserLimit(other)));
    } else if (condition instanceof Condition.Clear it) {
      for (long mask : new long[] {it.mask() << 1, it.mask() >>> 1, it.mask() & it.mask() - 1}) {
        variants.add(new Condition.Clear(it.register(), mask));
      }
      others(it.register()).forEach(other -> variants.add(new Condition.Clear(other, it.mask())));
    } else if (!(condition instanceof Condition.NotXenPv)) {
      throw new AssertionError("no variants are known of " + condition);
    }
    return variants;
  }

  private static List<Register> others(Register... registers) {
    return Stream.of(Register.values()).filter(it -> !List.of(registers).contains(it)).toList();
  }

  private static String formulas(List<Check> checks) {
    return checks.stream().map(check -> check.condition().formula()).toList().toString();
  }
}
