package org.sysretreplay.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The source-to-route matrix (sheet 1.1 and 12.1), with the ways in from 32-bit code (2.1, 2.4,
 * 2.6, 3.4), what tracing does (6.3) and what other work does (12.1): routes.csv, a table of its
 * own that no model is made from. For other work it holds only the rows that differ from the
 * untraced ones.
 */
final class RouteTable {

  private static final int MODEL_COLUMNS = 2;

  private RouteTable() {}

  /** What is known of a machine beside its overlays; each is a word of the second column. */
  enum Kernel {
    UNTRACED(Machine.UNTRACED),
    TRACED(Machine.TRACED),
    SECCOMP(Machine.UNTRACED.with(Work.SECCOMP, true)),
    AUDIT(Machine.UNTRACED.with(Work.AUDIT, true)),
    NOHZ_FULL(Machine.UNTRACED.with(Work.NOHZ_FULL, true)),
    PATCHED(Machine.UNTRACED.withPatchedForkChildren(true));

    private final Machine machine;

    Kernel(Machine machine) {
      this.machine = machine;
    }

    Machine machine() {
      return machine;
    }
  }

  /** One row: what becomes of a way back on such a kernel. */
  record Row(EntryPath path, Kernel kernel, List<String> models, List<Route> routes) {
    Route of(String model) {
      return routes.get(models.indexOf(model));
    }

    /** The machines that the row is about: every overlay that the model supports. */
    List<Machine> machines(String model) {
      return Machines.of(model).stream()
          .map(it -> kernel.machine().withLa57(it.la57()).withXenPv(it.xenPv()))
          .toList();
    }
  }

  /** The models that the table has a column for, in its order. */
  static List<String> models() {
    return Stream.of(cells().get(0)).skip(MODEL_COLUMNS).toList();
  }

  /** The rows that the table holds. */
  static List<Row> written() {
    List<String> models = models();
    return cells().stream().skip(1).map(row -> row(row, models)).toList();
  }

  /** A row for every way back on every kind of kernel. */
  static List<Row> rows() {
    List<Row> written = written();
    List<Row> rows = new ArrayList<>();
    for (Kernel kernel : Kernel.values()) {
      for (EntryPath path : EntryPath.values()) {
        Row row =
            find(written, path, kernel)
                .orElseGet(() -> find(written, path, Kernel.UNTRACED).orElseThrow());
        rows.add(new Row(path, kernel, row.models(), row.routes()));
      }
    }
    return rows;
  }

  private static Optional<Row> find(List<Row> rows, EntryPath path, Kernel kernel) {
    return rows.stream().filter(it -> it.path() == path && it.kernel() == kernel).findFirst();
  }

  private static Row row(String[] cells, List<String> models) {
    return new Row(
        EntryPath.valueOf(cells[0]),
        Kernel.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        models,
        Stream.of(cells).skip(MODEL_COLUMNS).map(Route::valueOf).toList());
  }

  private static List<String[]> cells() {
    try (InputStream table = RouteTable.class.getResourceAsStream("routes.csv")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
