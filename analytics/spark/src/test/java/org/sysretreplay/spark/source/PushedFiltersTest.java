package org.sysretreplay.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.ingest.source.TraceInput;

/** Filters and columns that are pushed down, against Spark's own over the same rows. */
class PushedFiltersTest {

  private static final int QUERIES = 40;

  private static final List<String> WORKLOADS = List.of("shell", "ptrace-edit", "probes");

  private static SparkSession spark;
  private static Dataset<Row> perf;
  private static Dataset<Row> stored;

  /** The same rows cached by Spark, for Spark's own filters. */
  private static Dataset<Row> kept;

  private static List<Row> rows;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    spark = Sessions.start();
    List<TraceInput> traces =
        Sessions.traces().stream().filter(it -> WORKLOADS.contains(it.workload())).toList();
    perf = spark.read().format("perf").option("models", "seed").load(Sessions.files(traces));
    String store = SampleStores.of(folder.resolve("store"), traces);
    SampleStores.split(store, traces.get(0), 2, 100);
    stored = spark.read().format("sysret-store").option("models", "seed").load(store);
    rows = perf.collectAsList();
    kept = spark.createDataFrame(rows, perf.schema()).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theRowsAreThoseThatSparkWouldKeep() {
    Random random = new Random(5);
    int pushed = 0;
    for (int i = 0; i < QUERIES; i++) {
      String condition = condition(random, 3);
      String[] columns = columns(random);
      List<String> expected = texts(kept.where(condition).selectExpr(columns));
      Dataset<Row> ofPerf = perf.where(condition).selectExpr(columns);

      assertThat(texts(ofPerf)).as(condition).isEqualTo(expected);
      assertThat(texts(stored.where(condition).selectExpr(columns)))
          .as(condition)
          .isEqualTo(expected);
      pushed += Sessions.plan(ofPerf).contains("Filter ") ? 0 : 1;
    }
    assertThat(pushed).isGreaterThan(QUERIES / 2);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static String[] columns(Random random) {
    List<String> all = new ArrayList<>(List.of(perf.columns()));
    Collections.shuffle(all, random);
    return all.subList(0, 1 + random.nextInt(5)).toArray(String[]::new);
  }

  private static String condition(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 8);
    return switch (kind) {
      case 5 -> "(%s and %s)".formatted(condition(random, depth - 1), condition(random, depth - 1));
      case 6 -> "(%s or %s)".formatted(condition(random, depth - 1), condition(random, depth - 1));
      case 7 -> "not " + condition(random, depth - 1);
      default -> comparison(random, kind);
    };
  }

  private static String comparison(Random random, int kind) {
    String column = perf.columns()[random.nextInt(perf.columns().length)];
    if (kind == 0) {
      return "(%s is %snull)".formatted(column, random.nextBoolean() ? "" : "not ");
    }
    if (kind == 1) {
      return "(%s in (%s))"
          .formatted(
              column,
              Stream.generate(() -> value(random, column))
                  .limit(1 + random.nextInt(4))
                  .collect(Collectors.joining(", ")));
    }
    String operator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return kind == 2
        ? "(%s %s %s)".formatted(value(random, column), operator, column)
        : "(%s %s %s)".formatted(column, operator, value(random, column));
  }

  /** A random literal, most often a value that the column has. */
  private static String value(Random random, String column) {
    if (column.equals("wall_time")) {
      return "timestamp'2026-11-28 17:23:%02dZ'".formatted(random.nextInt(60));
    }
    boolean isText = perf.schema().apply(column).dataType().equals(DataTypes.StringType);
    Object value = rows.get(random.nextInt(rows.size())).getAs(column);
    if (value == null || random.nextInt(8) == 0) {
      return isText ? "'m'" : Long.toString(random.nextInt(1_000)) + "L";
    }
    return isText ? "'" + value + "'" : number((Long) value);
  }

  private static String number(long value) {
    return value == Long.MIN_VALUE ? "0L" : value + "L";
  }
}
