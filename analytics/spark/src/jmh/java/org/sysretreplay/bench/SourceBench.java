package org.sysretreplay.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The data sources of Spark, against the same work without Spark in the same process; a session is
 * there already. The second contestant of each pair is the data source.
 */
final class SourceBench {

  private static final int WARM_UPS = 5;

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
    pairs.measure(
        "source/reading-against-reader",
        WARM_UPS,
        new Contestant("reader", () -> read(recording)),
        source);
  }

  /** All columns of all frames, as Spark hands them on. */
  private static void readAll(SparkSession spark, Path recording) {
    spark
        .read()
        .format("perf")
        .load(recording.toString())
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  private static void read(Path recording) {
    try (CountingReader reader = input(recording).open(Reading.ASSEMBLED)) {
      reader.forEachRemaining(it -> {});
    }
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("mixed"), Optional.empty()).traces().get(0);
  }

  private void counting(SparkSession spark) throws Exception {
    String subject = "source/counting-against-engine";
    if (!Setting.isMeasured(subject)) {
      return;
    }
    String store = setting.store(Setting.number("bench.frames", "6e7")).toString();
    Engine engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
    checkThatBothCountTheSame(spark, store, engine);
    new Pairs(results, setting.pairs())
        .measure(
            subject,
            WARM_UPS,
            new Contestant("local-engine", () -> ask(engine, store)),
            new Contestant("store-source", () -> ask(spark, store)));
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
