package org.sysretreplay.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.MineFileSystem;

/** Rows of a store against rows of its traces, which the other data source reads. */
class StoreSourceTest {

  private static final String MODELS =
      ExitModels.all().stream().map(ExitModel::id).collect(Collectors.joining(","));

  private static final int COLUMNS_AT_ONCE = 12;

  private static final Map<Reading, Dataset<Row>> READ = new EnumMap<>(Reading.class);

  private static SparkSession spark;
  private static List<TraceInput> traces;
  private static String store;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws IOException {
    spark = Sessions.start();
    Path rejects = Sessions.SAMPLES.resolve("bad").resolve("malformed-json.jsonl");
    traces = Stream.concat(Sessions.traces().stream(), Sessions.find(rejects).stream()).toList();
    store = SampleStores.of(folder.resolve("store"), traces);
    // The same frames in other layouts: small row groups, and without classes.
    SampleStores.split(store, traces.get(0), 3, 500);
    SampleStores.splitByAnother(store, traces.get(1), 2);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static DataFrameReader stored(Reading reading) {
    return spark
        .read()
        .format("sysret-store")
        .option("models", MODELS)
        .option("asRecorded", reading == Reading.AS_RECORDED);
  }

  /** The traces' rows, cached, so that Spark alone answers queries. */
  private static Dataset<Row> perf(Reading reading) {
    return READ.computeIfAbsent(
        reading,
        it ->
            spark
                .read()
                .format("perf")
                .option("models", MODELS)
                .option("asRecorded", it == Reading.AS_RECORDED)
                .load(Sessions.files(traces))
                .coalesce(2)
                .cache());
  }

  /** Sums that are equal for equal rows in any order. */
  private static List<String> sums(Dataset<Row> rows) {
    String columns =
        Stream.of(rows.columns()).map(it -> "`" + it + "`").collect(Collectors.joining(", "));
    return texts(
        rows.selectExpr("trace as of", "xxhash64(" + columns + ") as hash")
            .selectExpr("of", "cast(hash as decimal(38, 0)) as hash")
            .groupBy("of")
            .agg(
                org.apache.spark.sql.functions.sum("hash"),
                org.apache.spark.sql.functions.count("hash")));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @ParameterizedTest
  @EnumSource
  void framesAreThoseOfTheTraces(Reading reading) {
    assertThat(sums(stored(reading).load(store))).isEqualTo(sums(perf(reading)));
  }

  @Test
  void someColumnsAreReadByThemselves() {
    List<String> columns = new ArrayList<>(List.of(perf(Reading.ASSEMBLED).columns()));
    columns.remove("trace");
    Collections.shuffle(columns, new Random(3));
    for (int start = 0; start < columns.size(); start += COLUMNS_AT_ONCE) {
      String[] some =
          columns
              .subList(start, Math.min(start + COLUMNS_AT_ONCE, columns.size()))
              .toArray(String[]::new);

      assertThat(sums(stored(Reading.ASSEMBLED).load(store).select("trace", some)))
          .isEqualTo(sums(perf(Reading.ASSEMBLED).select("trace", some)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejects", "traces"})
  void theOtherTablesAreThoseOfTheTraces(String table) {
    assertThat(texts(stored(Reading.ASSEMBLED).option("table", table).load(store)))
        .isEqualTo(
            texts(spark.read().format("perf").option("table", table).load(Sessions.files(traces))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void countsByClassAreThoseOfTheRows(Reading reading) {
    stored(reading).load(store).createOrReplaceTempView("stored");
    perf(reading).createOrReplaceTempView("read");
    for (String query : queries()) {
      Dataset<Row> counted = spark.sql(query.formatted("stored"));

      assertThat(Sessions.plan(counted)).as(query).contains("counted by class");
      assertThat(texts(counted)).as(query).isEqualTo(texts(spark.sql(query.formatted("read"))));
    }
  }

  /**
   * Spark does not push down cubes, joins, sums of expressions or filters that nothing satisfies.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select workload, entry, grouping_id(), sum(count) from %1$s group by cube(workload, entry)",
        "select a.entry, count(*) from %1$s a join %1$s b using (trace, seq) group by a.entry",
        "select entry, sum(count + 1) from %1$s group by entry",
        "select count(*) from %1$s where nr = null",
        "select count(*) from %1$s where nr in (1, null) or not nr in (2, null)"
      })
  void whatSparkDoesNotHandOnIsTheSame(String query) {
    stored(Reading.ASSEMBLED).load(store).createOrReplaceTempView("stored");
    perf(Reading.ASSEMBLED).createOrReplaceTempView("read");
    assertThat(texts(spark.sql(query.formatted("stored"))))
        .isEqualTo(texts(spark.sql(query.formatted("read"))));
  }

  private static List<String> queries() {
    String verdicts =
        Stream.of(perf(Reading.ASSEMBLED).columns())
            .filter(it -> it.startsWith("outcome_") || it.contains("miss_"))
            .collect(
                Collectors.joining(", ", "select workload, ", ", sum(count) from %s group by all"));
    return Stream.concat(
            Stream.of(verdicts),
            Stream.of(
                "select count(*), sum(count) from %s",
                "select count(*), sum(count) from %s where workload = 'nowhere'",
                "select count(entry) from %s where entry <> 'syscall'",
                "select distinct workload from %s",
                "select trace, entry, path, stage, cause, frame_class, count(*) from %s group by all",
                "select comm, event, nr, sum(count) from %s where cause is null group by all",
                "select pid, tid, cpu, count(*) from %s group by all",
                "select comm, count(*) from %s where outcome_seed = 'IRET_MISS' and nr in (59, 231)"
                    + " group by comm",
                "select workload, count(*) from %s where workload >= 'f' and not comm = 'sh'"
                    + " group by workload",
                "select stage, sum(count) from %s where cause is not null or tid is null group by"
                    + " stage",
                "select entry, sum(count) as n from %s group by entry having n > 100",
                "select distinct entry, path from %s order by path, entry limit 3",
                "select sum(count) from %s where workload in ('shell', 'http') and nr is not null",
                "select entry, count(*) from %s where not (nr = 1 or cause is null) group by entry",
                "select ENTRY, count(*) from %s where Workload = 'shell' group by ENTRY",
                "select count(*) from %s where nr in (1, 2)"))
        .toList();
  }

  /** Showing a plan reads nothing, and a pushed count needs no shuffle. */
  @Test
  void countsAreMadeWhenTheQueryRuns() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(listener);
    Dataset<Row> few = stored(Reading.ASSEMBLED).load(store).groupBy("workload", "nr").count();

    assertThat(Sessions.plan(few)).contains("counted by class").doesNotContain("Exchange");
    spark.sparkContext().listenerBus().waitUntilEmpty();
    assertThat(jobs).hasValue(0);
    List<Row> rows = few.collectAsList();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    // One job counts, and one passes the counts on.
    assertThat(jobs).hasValue(2);
    assertThat(few.collectAsList()).isEqualTo(rows);
    spark.sparkContext().removeSparkListener(listener);
  }

  @Test
  void whatClassesDoNotTellIsCountedBySpark() {
    Dataset<Row> frames = stored(Reading.ASSEMBLED).load(store);
    frames.createOrReplaceTempView("stored");
    perf(Reading.ASSEMBLED).createOrReplaceTempView("read");
    for (String query :
        List.of(
            "select entry, max(ts_ns), count(*) from %s group by entry",
            "select entry, count(distinct tid) from %s group by entry",
            "select rip, count(*) from %s group by rip",
            "select entry, count(tid) from %s group by entry",
            "select entry, count(*) from %s where rip > 0 group by entry",
            "select entry, count(*) from %s where event like '%%sys%%' group by entry")) {
      Dataset<Row> counted = spark.sql(query.formatted("stored"));

      assertThat(Sessions.plan(counted)).as(query).doesNotContain("counted by class");
      assertThat(texts(counted)).as(query).isEqualTo(texts(spark.sql(query.formatted("read"))));
    }
  }

  @Test
  void onlyPartFilesOfWantedTracesAreRead() {
    Dataset<Row> shell =
        stored(Reading.ASSEMBLED).load(store).where("workload = 'shell'").select("tid");

    assertThat(Sessions.plan(shell))
        .contains("columns [tid]", "1 of %d traces".formatted(traces.size()))
        .doesNotContain("Filter ");
  }

  @Test
  void aTableStaysWhatItWasWhenItWasLoaded(@TempDir Path other) throws IOException {
    TraceInput shell = Sessions.find(Sessions.SAMPLES.resolve("shell")).get(0);
    TraceInput http = Sessions.find(Sessions.SAMPLES.resolve("http")).get(0);
    String changing = SampleStores.of(other, List.of(shell));
    Dataset<Row> before = stored(Reading.ASSEMBLED).load(changing);
    SampleStores.of(other, List.of(http));
    Dataset<Row> after = stored(Reading.ASSEMBLED).load(changing);

    assertThat(texts(before.select("workload").distinct())).isEqualTo(List.of("[shell]"));
    assertThat(texts(after.select("workload").distinct())).isEqualTo(List.of("[http]", "[shell]"));
    // A second ingest of a trace deletes the part files of the first.
    SampleStores.of(other, List.of(shell));
    assertThatThrownBy(() -> before.select("rip").collectAsList())
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "%s: the store has changed since it was loaded, and the frames of %s are gone; load it again."
                .formatted(changing, shell.traceId()));
  }

  /** Frames as they are, counted by tasks, and counted by a job of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"rip from s", "pid, count(*) from s group by pid", "count(*) from s"})
  void aQueryThatWasPlannedBeforeSaysThatTheStoreHasChanged(String query, @TempDir Path other) {
    TraceInput shell = Sessions.find(Sessions.SAMPLES.resolve("shell")).get(0);
    String changing = SampleStores.of(other, List.of(shell));
    stored(Reading.ASSEMBLED).load(changing).createOrReplaceTempView("s");
    Dataset<Row> planned = spark.sql("select " + query);
    assertThat(Sessions.plan(planned)).isNotEmpty();
    SampleStores.of(other, List.of(shell));

    assertThatThrownBy(planned::collectAsList)
        .hasStackTraceContaining(
            ".parquet: the store has changed since it was loaded, and the frames of %s are gone; load it again."
                .formatted(shell.traceId()));
  }

  @Test
  void rejectsOfAStoreThatHasChangedAreGone(@TempDir Path other) {
    List<TraceInput> damaged = Sessions.find(Sessions.SAMPLES.resolve("bad/malformed-json.jsonl"));
    String changing = SampleStores.of(other, damaged);
    Dataset<Row> before = stored(Reading.ASSEMBLED).option("table", "rejects").load(changing);
    SampleStores.of(other, damaged);

    assertThatThrownBy(before::collectAsList)
        .hasStackTraceContaining(
            "%s: the store has changed since it was loaded, and the rejects of %s are gone; load it again."
                .formatted(changing, damaged.get(0).traceId()));
  }

  @Test
  void namesOfWorkloadsAreText(@TempDir Path other) throws IOException {
    Path shell = Sessions.SAMPLES.resolve("shell").resolve("perf.data");
    for (String name : List.of("007", "a/b=c %d")) {
      Path copy = Files.copy(shell, other.resolve("copy-" + name.length() + ".perf.data"));
      List<TraceInput> traces =
          TraceInputs.find(List.of(copy), Optional.of(name), Optional.empty()).traces();
      SampleStores.of(other.resolve("store"), traces);
    }
    Dataset<Row> frames = stored(Reading.ASSEMBLED).load(other.resolve("store").toString());

    assertThat(texts(frames.where("rip <> 0").select("workload").distinct()))
        .isEqualTo(List.of("[007]", "[a/b=c %d]"));
    assertThat(frames.where("workload = '007'").select("rip").count()).isPositive();
  }

  /** An executor works in another folder, and would not find a relative path. */
  @ParameterizedTest
  @ValueSource(strings = {"frames", "rejects"})
  void relativePathsReachExecutorsAsAbsoluteOnes(String table) {
    Map<String, String> options =
        Map.of("path", Sessions.relative(Path.of(store)), "table", table, "models", MODELS);
    StoredTable named = StoredTable.load(SourceOptions.of(SourceKind.STORE, options));

    assertThat(Path.of(named.stores().get(0).location()))
        .isAbsolute()
        .satisfies(it -> assertThat(it.toRealPath()).isEqualTo(Path.of(store).toRealPath()));
    assertThat(texts(stored(Reading.ASSEMBLED).options(options).load()))
        .isEqualTo(texts(stored(Reading.ASSEMBLED).option("table", table).load(store)))
        .isNotEmpty();
  }

  /** However it is written, even by another name that leads there. */
  @ParameterizedTest
  @ValueSource(strings = {"frames", "rejects", "traces"})
  void aStoreThatIsNamedTwiceCountsOnce(String table, @TempDir Path other) throws IOException {
    Path link = Files.createSymbolicLink(other.resolve("link"), Path.of(store).toAbsolutePath());
    DataFrameReader reader = stored(Reading.ASSEMBLED).option("table", table);
    String[] names = {
      store, store + "/", store + "/../store", Path.of(store).toUri().toString(), link.toString()
    };

    assertThat(reader.load(names).count()).isEqualTo(reader.load(store).count()).isPositive();
  }

  @Test
  void aStoreOfAnotherFileSystemThatIsNamedTwiceCountsOnce() {
    String setting = "fs.mine.impl";
    spark.sparkContext().hadoopConfiguration().set(setting, MineFileSystem.class.getName());
    String there = "mine://host" + Path.of(store).toAbsolutePath();
    try {
      assertThat(stored(Reading.ASSEMBLED).load(there, there + "/").count())
          .isEqualTo(stored(Reading.ASSEMBLED).load(store).count());
    } finally {
      spark.sparkContext().hadoopConfiguration().unset(setting);
    }
  }

  @Test
  void whatIsNoStoreIsRefused(@TempDir Path empty) {
    assertThatThrownBy(() -> stored(Reading.ASSEMBLED).load(empty.toString()))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(empty + ": there is no trace in this store; ingest one, or check the name.");
    assertThatThrownBy(() -> stored(Reading.ASSEMBLED).option("mode", "x").load(store))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "sysret-store: there is no option mode; the options are table, asRecorded, registers,"
                + " models, untraced, la57, xenPv.");
    assertThatThrownBy(() -> spark.read().format("perf").load(store).count())
        .isInstanceOf(AnalysisException.class)
        .hasMessage(store + ": it is a store, and no trace; load it as sysret-store.");
  }

  @Test
  void eachStoreIsNamedByItself() {
    assertThatThrownBy(() -> stored(Reading.ASSEMBLED).load(folder.toString()))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(folder + ": this is no store, but a folder of stores; name each of them.");
    assertThatThrownBy(() -> stored(Reading.ASSEMBLED).load(folder + "/sto?e"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            folder
                + "/sto?e: there is no such store; name each store, since globs stand for recordings"
                + " only.");
  }

  @Test
  void theSessionStaysAsItIs() {
    String before = Sessions.settings(spark);
    Dataset<Row> frames = stored(Reading.ASSEMBLED).load(store);
    frames.groupBy("outcome_seed").sum("count").collectAsList();
    frames.where("tid > 5").select("rip").collectAsList();

    assertThat(Sessions.settings(spark)).isEqualTo(before);
  }
}
