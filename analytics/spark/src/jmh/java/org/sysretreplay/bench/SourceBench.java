package org.sysretreplay.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.bench.Pairs.Contestant;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.frames.ColumnarFrames;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * The data sources of Spark, against the same work without Spark in the same process; a session is
 * there already. The second contestant of each pair is the data source.
 */
final class SourceBench {

  private static final int WARM_UPS = 12;

  /** The number of rows in a batch of the data source. */
  private static final int BATCH = 1 << 12;

  private static final String QUESTION =
      "select workload, entry, outcome_seed, sum(count) from frames group by all";

  private final Setting setting;
  private final Results results;

  SourceBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
  }

  void run() throws Exception {
    // One task has all cores, as ingest has them.
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + setting.threads() + "]")
            .config("spark.task.cpus", Integer.toString(setting.threads()))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      reading(spark);
    }
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + setting.threads() + "]")
            .config("spark.task.cpus", "1")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      counting(spark);
    }
  }

  private void reading(SparkSession spark) throws Exception {
    Path recording = setting.recording(IngestBench.LARGE);
    Engine engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
    Pairs pairs = new Pairs(results, setting.pairs());
    Contestant source = new Contestant("perf-source", () -> readAll(spark, recording));
    pairs.measure(
        "source/reading-against-ingest",
        WARM_UPS,
        new Contestant(
            "ingest",
            () ->
                engine.ingest(
                    List.of(input(recording)),
                    IngestBench.fresh(setting).toString(),
                    (trace, counts) -> {})),
        source);
    Contestant columns = new Contestant("frames-in-columns", () -> readColumns(recording));
    pairs.measure(
        "source/reading",
        WARM_UPS,
        columns,
        new Contestant("perf-source", () -> readBatches(spark, recording)));
    pairs.measure("source/reading-into-rows", WARM_UPS, columns, source);
  }

  /** Reads all columns of all frames as rows of Spark, which copies every value. */
  private static void readAll(SparkSession spark, Path recording) {
    perf(spark, recording).write().format("noop").mode("overwrite").save();
  }

  private static Dataset<Row> perf(SparkSession spark, Path recording) {
    return spark.read().format("perf").load(recording.toString());
  }

  /** Reads all columns of all frames as the data source's batches; takes every value once. */
  private static void readBatches(SparkSession spark, Path recording) {
    classic(perf(spark, recording))
        .queryExecution()
        .sparkPlan()
        .collectLeaves()
        .head()
        .executeColumnar()
        .toJavaRDD()
        .mapPartitions(it -> List.of(Taken.all(it)).iterator())
        .collect();
  }

  private static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> rows) {
    return (org.apache.spark.sql.classic.Dataset<Row>) rows;
  }

  /** Reads every column, so that none is left unmade. */
  private static final class Taken {

    private static long all(Iterator<ColumnarBatch> batches) {
      long sum = 0;
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int column = 0; column < batch.numCols(); column++) {
          sum += of(batch.column(column), batch.numRows());
        }
      }
      return sum;
    }

    private static long of(ColumnVector column, int rows) {
      return column.dataType() instanceof StringType ? texts(column, rows) : numbers(column, rows);
    }

    private static long numbers(ColumnVector column, int rows) {
      long sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += column.isNullAt(row) ? 0 : column.getLong(row);
      }
      return sum;
    }

    private static long texts(ColumnVector column, int rows) {
      long sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += column.isNullAt(row) ? 0 : column.getUTF8String(row).numBytes();
      }
      return sum;
    }
  }

  /** Reads frames into columns, the work of ingest before it encodes anything. */
  private static void readColumns(Path recording) {
    ColumnarFrames rows = new ColumnarFrames();
    try (CountingReader reader = input(recording).open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        if (reader.next() instanceof Accepted accepted) {
          if (rows.size() == BATCH) {
            rows.clear();
          }
          rows.add(accepted.frame());
        }
      }
    }
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("mixed"), Optional.empty()).traces().get(0);
  }

  /**
   * A query of Spark has a fixed cost, so the ratio depends on the size of the store: it is
   * measured with two stores, and the fixed cost by itself.
   */
  private void counting(SparkSession spark) throws Exception {
    for (String frames : List.of("6e7", "3e8")) {
      String subject = "source/counting-" + frames;
      if (Setting.isMeasured(subject)) {
        counting(spark, subject, Math.round(Double.parseDouble(frames)));
      }
    }
  }

  private void counting(SparkSession spark, String subject, long frames) throws Exception {
    String store = setting.store(frames).toString();
    Engine engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
    checkThatBothCountTheSame(spark, store, engine);
    Pairs pairs = new Pairs(results, setting.pairs());
    Contestant local = new Contestant("local-engine", () -> ask(engine, store));
    pairs.measure(
        subject, WARM_UPS, local, new Contestant("store-source", () -> ask(spark, store)));
    pairs.measure(
        subject + "-floor",
        WARM_UPS,
        local,
        new Contestant("spark-over-nothing", () -> askNothing(spark)));
  }

  /** The same aggregation over eight rows that nobody reads. */
  private static List<Row> askNothing(SparkSession spark) {
    spark
        .range(0, 8, 1, 2)
        .selectExpr(
            "cast(id % 2 as string) as workload",
            "cast(id % 3 as string) as entry",
            "cast(id % 4 as string) as outcome_seed",
            "id as count")
        .createOrReplaceTempView("frames");
    return spark.sql(QUESTION).collectAsList();
  }

  private static List<Row> ask(SparkSession spark, String store) {
    Dataset<Row> frames = spark.read().format("sysret-store").option("models", "seed").load(store);
    frames.createOrReplaceTempView("frames");
    return spark.sql(QUESTION).collectAsList();
  }

  private static TallyTable ask(Engine engine, String store) {
    Question question =
        new Question(
            List.of("seed"), Machine.TRACED, Reading.ASSEMBLED, List.of(GroupColumn.ENTRY));
    return engine.answer("bench", question, new Inputs(List.of(), List.of(store))).table();
  }

  private static void checkThatBothCountTheSame(SparkSession spark, String store, Engine engine) {
    long hits =
        ask(spark, store).stream()
            .filter(it -> it.getString(2).equals(Outcome.SYSRET.name()))
            .mapToLong(it -> it.getLong(3))
            .sum();
    long expected =
        ask(engine, store).tallies().values().stream()
            .mapToLong(it -> it.count(Outcome.SYSRET))
            .sum();
    if (hits != expected) {
      throw new IllegalStateException("%d hits and not %d".formatted(hits, expected));
    }
  }
}
