package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The source-to-route matrix (sheet 1.1), with the ways in from 32-bit code (2.1, 2.4, 2.6, 3.4)
 * and what tracing does (6.3), as a table of its own: routes.csv.
 */
class RoutesTest {

  private static final List<String> MODELS =
      List.of(
          "linux-3.19",
          "seed",
          "linux-4.0",
          "linux-4.1",
          "linux-4.2",
          "linux-4.6",
          "linux-4.16",
          "linux-5.12",
          "linux-6.7",
          "linux-6.9",
          "fred");

  /** One row of the table; the routes are in the order of {@link #MODELS}. */
  private record Row(EntryPath path, boolean traced, List<Route> routes) {
    Route of(String model) {
      return routes.get(MODELS.indexOf(model));
    }

    List<Machine> machines(String model) {
      return Machines.of(model).stream()
          .map(it -> new Machine(traced, it.la57(), it.xenPv()))
          .toList();
    }
  }

  static List<String> models() {
    return MODELS;
  }

  private static List<String[]> table() {
    try (InputStream table = RoutesTest.class.getResourceAsStream("routes.csv")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> rows() {
    return table().stream().skip(1).map(RoutesTest::row).toList();
  }

  private static Row row(String[] cells) {
    return new Row(
        EntryPath.valueOf(cells[0]),
        cells[1].equals("traced"),
        Stream.of(cells).skip(2).map(Route::valueOf).toList());
  }

  @Test
  void theTableHasEveryModelAndEveryPathUntracedAndTraced() {
    assertThat(table().get(0)).startsWith("path", "kernel").endsWith(MODELS.toArray(String[]::new));
    assertThat(ExitModels.all()).extracting(ExitModel::id).isEqualTo(MODELS);
    for (boolean traced : new boolean[] {false, true}) {
      assertThat(rows().stream().filter(row -> row.traced == traced).map(Row::path))
          .containsExactly(EntryPath.values());
    }
  }

  /** Neither overlay changes a route; Xen PV is a check where it is anything (sheet 3.2, 3.3). */
  @ParameterizedTest
  @MethodSource("models")
  void everyPathTakesItsRouteOnEveryMachine(String id) {
    for (Row row : rows()) {
      for (Machine machine : row.machines(id)) {
        assertThat(model(id).route(row.path, machine))
            .as("%s on %s", row.path, machine)
            .isEqualTo(row.of(id));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyFrameIsJudgedByItsRoute(String id) {
    for (Row row : rows()) {
      for (Machine machine : row.machines(id)) {
        assertThat(
                FrameSpace.TINY.findFirst(
                    frame ->
                        !model(id)
                            .judge(Exit.of(row.path, frame), machine)
                            .equals(expected(row.of(id), id, frame, machine))))
            .as("%s on %s", row.path, machine)
            .isEmpty();
      }
    }
  }

  private static Verdict expected(Route route, String id, PtRegs frame, Machine machine) {
    return switch (route) {
      case FAST -> Verdict.of(Outcome.FAST_SYSRET);
      case IRET -> Verdict.of(Outcome.IRET_ROUTE);
      case ERETU -> Verdict.of(Outcome.ERETU);
      case COMPAT_FAST -> Verdict.doubtful(Doubt.COMPAT_RETURN);
      case COMPAT_CHECK ->
          StraightCode.maySysretl(id, frame, machine.xenPv())
              ? Verdict.doubtful(Doubt.COMPAT_RETURN)
              : Verdict.of(Outcome.IRET_ROUTE);
      case CHECK -> checked(id, frame, machine);
    };
  }

  private static Verdict checked(String id, PtRegs frame, Machine machine) {
    boolean la57 = machine.la57();
    boolean xenPv = machine.xenPv();
    return StraightCode.firstMiss(id, frame, la57, xenPv)
        .map(first -> Verdict.miss(first, StraightCode.allMisses(id, frame, la57, xenPv)))
        .orElse(Verdict.of(Outcome.SYSRET));
  }

  /** Turning on raw_syscalls sets a work flag, so that no syscall stays on a fast path (6.3). */
  @Test
  void tracingLeavesNoFastPath() {
    assertThat(rows().stream().filter(Row::traced).flatMap(row -> row.routes.stream()))
        .doesNotContain(Route.FAST, Route.COMPAT_FAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-4.16", "linux-5.12", "linux-6.7", "linux-6.9", "fred"})
  void since416TracingChangesNoRoute(String id) {
    for (EntryPath path : EntryPath.values()) {
      assertThat(model(id).route(path, Machine.TRACED))
          .isEqualTo(model(id).route(path, Machine.UNTRACED));
    }
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }
}
