package org.sysretreplay.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The source-to-route matrix (sheet 1.1), with the ways in from 32-bit code (2.1, 2.4, 2.6, 3.4)
 * and what tracing does (6.3): routes.csv, a table of its own that no model is made from.
 */
final class RouteTable {

  private static final int MODEL_COLUMNS = 2;

  private RouteTable() {}

  /** One row: what becomes of a way back while nobody traces, or while syscalls are traced. */
  record Row(EntryPath path, boolean traced, List<String> models, List<Route> routes) {
    Route of(String model) {
      return routes.get(models.indexOf(model));
    }

    /** The machines that the row is about: every overlay that the model supports. */
    List<Machine> machines(String model) {
      return Machines.of(model).stream()
          .map(it -> new Machine(traced, it.la57(), it.xenPv()))
          .toList();
    }
  }

  /** The models that the table has a column for, in its order. */
  static List<String> models() {
    return Stream.of(cells().get(0)).skip(MODEL_COLUMNS).toList();
  }

  static List<Row> rows() {
    List<String> models = models();
    return cells().stream().skip(1).map(row -> row(row, models)).toList();
  }

  private static Row row(String[] cells, List<String> models) {
    return new Row(
        EntryPath.valueOf(cells[0]),
        cells[1].equals("traced"),
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
