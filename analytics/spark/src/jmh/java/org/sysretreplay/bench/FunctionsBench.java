package org.sysretreplay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.bench.Pairs.Contestant;

/**
 * The function {@code sysret.outcome} over plain Parquet, against the rule of the model {@code
 * seed} written by hand in Spark SQL over the same columns, and against the same in DuckDB. Spark
 * reads all columns of all rows for both: nothing is pushed down to a file of frames that it knows
 * nothing of.
 *
 * <p>{@code ./mvnw -Pbench verify -Dbench.options="-Dbench.only=functions"}, with {@code
 * -Dbench.functions=5e6} for fewer frames than fifty million.
 */
final class FunctionsBench {

  private static final String BY_FUNCTION =
      """
      select outcome, sum(count) from (
        select count, sysret.outcome('seed', path, rip, rcx, r11, rflags, cs, ss) as outcome
        from frames)
      group by outcome
      """;

  private static final String BY_HAND =
      """
      select outcome, sum(count) from (
        select count,
          case
            when path = 'nmi' then 'IRET_ROUTE'
            when rcx = rip and rcx between 0 and 140737488355327 and cs = 51 and r11 = rflags
              and (r11 & 65536) = 0 and ss = 43 then 'SYSRET'
            else 'IRET_MISS'
          end as outcome
        from frames)
      group by outcome
      """;

  /** Runs until Spark's code is compiled. */
  private static final int WARM_UPS = 3;

  private final Setting setting;
  private final Results results;

  FunctionsBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
  }

  void run() throws Exception {
    long frames = Setting.number("bench.functions", "5e7");
    Path folder = setting.folder().resolve("functions-" + frames);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + setting.threads() + "]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", setting.threads())
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.parquet.aggregatePushdown", false)
            .config("spark.sql.catalog.sysret", "org.sysretreplay.spark.functions.SysretCatalog")
            .getOrCreate();
    try (DuckDb duckDb = new DuckDb(setting.threads())) {
      writePlain(folder, frames, duckDb);
      spark.read().parquet(folder.toString()).createOrReplaceTempView("frames");
      duckDb.execute("create view frames as from read_parquet('%s/*.parquet')".formatted(folder));
      checkSame(spark, duckDb);
      results.add("functions", "frames", frames, "frames");
      Pairs pairs = new Pairs(results, setting.pairs());
      Contestant function = new Contestant("sysret.outcome", () -> answer(spark, BY_FUNCTION));
      pairs.measure(
          "functions/outcome",
          WARM_UPS,
          function,
          new Contestant("case-in-spark", () -> answer(spark, BY_HAND)));
      pairs.measure(
          "functions/outcome-duckdb",
          WARM_UPS,
          function,
          new Contestant("case-in-duckdb", () -> duckDb.answer(BY_HAND, 1)));
    } finally {
      spark.stop();
    }
  }

  /** Columns that any program could have written, in a few files, so that all threads have work. */
  private void writePlain(Path folder, long frames, DuckDb duckDb) throws Exception {
    if (Files.exists(folder)) {
      return;
    }
    Path store = setting.store(frames);
    Files.createDirectories(folder);
    int files = 2 * setting.threads();
    for (int file = 0; file < files; file++) {
      duckDb.execute(
          """
          copy (select path, rip, rcx, r11, rflags, cs, ss, count
            from read_parquet('%s/frames/*/*/*.parquet')
            where stage <> 'in_kernel' and seq %% %d = %d)
          to '%s' (format parquet, compression zstd)
          """
              .formatted(store, files, file, folder.resolve(file + ".parquet")));
    }
  }

  private static TreeMap<String, String> answer(SparkSession spark, String sql) {
    TreeMap<String, String> rows = new TreeMap<>();
    for (Row row : spark.sql(sql).collectAsList()) {
      rows.put(row.getString(0) + " ", row.get(1) + " ");
    }
    return rows;
  }

  private static void checkSame(SparkSession spark, DuckDb duckDb) throws Exception {
    TreeMap<String, String> ours = answer(spark, BY_FUNCTION);
    TreeMap<String, String> byHand = answer(spark, BY_HAND);
    TreeMap<String, String> inDuckDb = duckDb.answer(BY_HAND, 1);
    if (!ours.equals(byHand) || !ours.equals(inDuckDb)) {
      throw new IllegalStateException(
          "not the same counts: %s and %s and %s".formatted(ours, byHand, inDuckDb));
    }
    System.out.printf("the same counts of %d outcomes%n", ours.size());
  }
}
