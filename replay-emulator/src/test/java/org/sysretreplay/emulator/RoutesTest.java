package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.RouteTable.Kernel;
import org.sysretreplay.emulator.RouteTable.Row;

/**
 * Every way back of every model against {@link RouteTable}, and every frame on it; and that no way
 * back can be forgotten.
 */
class RoutesTest {

  static List<String> models() {
    return RouteTable.models();
  }

  @Test
  void theTableHasEveryModelAndEveryPathUntracedAndTraced() {
    assertThat(RouteTable.models())
        .isEqualTo(ExitModels.all().stream().map(ExitModel::id).toList())
        .hasSize(12);
    for (Kernel kernel : List.of(Kernel.UNTRACED, Kernel.TRACED)) {
      assertThat(RouteTable.written().stream().filter(row -> row.kernel() == kernel))
          .extracting(Row::path)
          .containsExactly(EntryPath.values());
    }
  }

  /** A single kind of work takes the way of the row that names it. */
  @Test
  void theTableHasEachRowOnce() {
    assertThat(RouteTable.written())
        .extracting(row -> row.path() + " " + row.kernel())
        .doesNotHaveDuplicates();
    for (Kernel kernel : Kernel.values()) {
      assertThat(RouteTable.written()).extracting(Row::kernel).contains(kernel);
    }
  }

  /** A kernel has one slow path, and any work that leads there decides. */
  @ParameterizedTest
  @MethodSource("models")
  void ofSeveralKindsOfWorkTheOneThatLeavesTheFastPathDecides(String id) {
    for (Set<Work> works : sets(Work.values())) {
      Machine machine = Machine.UNTRACED;
      for (Work work : works) {
        machine = machine.with(work, true);
      }
      for (EntryPath path : EntryPath.values()) {
        Set<Route> left = EnumSet.noneOf(Route.class);
        works.forEach(it -> left.add(route(id, path, Machine.UNTRACED.with(it, true))));
        left.remove(route(id, path, Machine.UNTRACED));
        assertThat(left).hasSizeLessThan(2);
        assertThat(route(id, path, machine))
            .as("%s with %s", path, works)
            .isEqualTo(left.isEmpty() ? route(id, path, Machine.UNTRACED) : left.iterator().next());
      }
    }
  }

  private static <E extends Enum<E>> List<Set<E>> sets(E[] of) {
    return IntStream.range(0, 1 << of.length)
        .mapToObj(
            bits ->
                Stream.of(of)
                    .filter(it -> (bits >> it.ordinal() & 1) != 0)
                    .collect(Collectors.toSet()))
        .toList();
  }

  private static Route route(String id, EntryPath path, Machine machine) {
    return model(id).route(path, machine);
  }

  /**
   * Neither 5-level paging nor Xen PV changes a route: Xen PV is at most a check (sheet 3.2, 3.3).
   */
  @ParameterizedTest
  @MethodSource("models")
  void everyPathTakesItsRouteOnEveryMachine(String id) {
    for (Row row : RouteTable.rows()) {
      for (Machine machine : row.machines(id)) {
        assertThat(model(id).route(row.path(), machine))
            .as("%s on %s", row.path(), machine)
            .isEqualTo(row.of(id));
      }
    }
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("models")
  void everyFrameIsJudgedByItsRoute(String id) {
    for (Row row : untracedAndTraced()) {
      for (Machine machine : row.machines(id)) {
        assertThat(
                FrameSpace.TINY.findFirst(
                    frame ->
                        !model(id)
                            .judge(Exit.of(row.path(), frame), machine)
                            .equals(expected(row.of(id), id, frame, machine))))
            .as("%s on %s", row.path(), machine)
            .isEmpty();
      }
    }
  }

  /** All routes. The route alone tells to which of them other work leads. */
  private static List<Row> untracedAndTraced() {
    return RouteTable.rows().stream()
        .filter(row -> row.kernel() == Kernel.UNTRACED || row.kernel() == Kernel.TRACED)
        .toList();
  }

  private static Verdict expected(Route route, String id, PtRegs frame, Machine machine) {
    return switch (route) {
      case FAST -> Verdict.of(Outcome.FAST_SYSRET);
      case IRET -> Verdict.of(Outcome.IRET_ROUTE);
      case ERETU -> Verdict.of(Outcome.ERETU);
      case COMPAT_FAST ->
          StraightCode.mayBeFastEntry(frame)
              ? Verdict.doubtful(Doubt.COMPAT_RETURN)
              : expected(int80(machine).of(id), id, frame, machine);
      case COMPAT_CHECK ->
          StraightCode.maySysretl(id, frame, machine.xenPv())
              ? Verdict.doubtful(Doubt.COMPAT_RETURN)
              : Verdict.of(Outcome.IRET_ROUTE);
      case CHECK -> StraightCode.verdict(id, frame, machine);
    };
  }

  private static Row int80(Machine machine) {
    return untracedAndTraced().stream()
        .filter(row -> row.path() == EntryPath.INT80)
        .filter(row -> row.kernel().machine().work().equals(machine.work()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void aPathThatIsForgottenIsAnError(EntryPath forgotten) {
    EntryPath[] others =
        Stream.of(EntryPath.values()).filter(it -> it != forgotten).toArray(EntryPath[]::new);
    assertThatThrownBy(() -> Routes.of(Route.IRET.on(others)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no route for " + forgotten);
    assertThat(Routes.of(Route.IRET.on(others), Route.CHECK.on(forgotten)))
        .isEqualTo(Routes.all(Route.IRET).but(Route.CHECK, forgotten));
  }

  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void aPathThatIsNamedTwiceIsAnError(EntryPath twice) {
    for (Route other : List.of(Route.IRET, Route.CHECK)) {
      assertThatThrownBy(() -> Routes.of(Route.IRET.on(EntryPath.values()), other.on(twice)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("more than one route for " + twice);
    }
  }

  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void anotherRouteForOnePathLeavesAllOthersAsTheyAre(EntryPath changed) {
    Routes all = Routes.all(Route.ERETU);
    Routes routes = all.but(Route.FAST, changed);

    for (EntryPath path : EntryPath.values()) {
      assertThat(all.of(path)).isEqualTo(Route.ERETU);
      assertThat(routes.of(path)).isEqualTo(path == changed ? Route.FAST : Route.ERETU);
    }
  }

  @Test
  void routesAreInTheOrderOfTheMatrixAndStayAsTheyAre() {
    Map<EntryPath, Route> byPath = new HashMap<>(Routes.all(Route.IRET).byPath());
    Routes routes = new Routes(byPath);
    byPath.clear();

    assertThat(routes.byPath().keySet()).containsExactly(EntryPath.values());
    assertThat(routes.byPath()).isUnmodifiable();
  }

  /** Turning on raw_syscalls sets a work flag, so that no syscall stays on a fast path (6.3). */
  @Test
  void tracingLeavesNoFastPath() {
    assertThat(
            RouteTable.rows().stream()
                .filter(row -> row.kernel() == Kernel.TRACED)
                .flatMap(row -> row.routes().stream()))
        .doesNotContain(Route.FAST, Route.COMPAT_FAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-4.16", "linux-5.12", "linux-6.7", "linux-6.9", "fred"})
  void since416NoWorkChangesAnyRoute(String id) {
    for (EntryPath path : EntryPath.values()) {
      for (Kernel kernel : Kernel.values()) {
        assertThat(route(id, path, kernel.machine())).isEqualTo(route(id, path, Machine.UNTRACED));
      }
    }
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }
}
