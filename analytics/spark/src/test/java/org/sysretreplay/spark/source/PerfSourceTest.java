package org.sysretreplay.spark.source;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameRow;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

class PerfSourceTest {

  private static final Path BAD = Sessions.SAMPLES.resolve("bad");

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Sessions.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static DataFrameReader perf(Reading reading) {
    return spark.read().format("perf").option("asRecorded", reading == Reading.AS_RECORDED);
  }

  private static DataFrameReader perf() {
    return perf(Reading.ASSEMBLED);
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameOfEverySampleIsAsTheReadersGiveIt(Reading reading) {
    List<TraceInput> traces = Sessions.traces();
    Iterator<Row> rows =
        perf(reading).option("models", "seed").load(Sessions.files(traces)).toLocalIterator();

    for (TraceInput trace : traces) {
      try (CountingReader reader = trace.open(reading)) {
        while (reader.hasNext()) {
          if (reader.next() instanceof Accepted accepted) {
            assertThat(values(rows.next())).isEqualTo(expected(trace, accepted.frame()));
          }
        }
      }
    }
    assertThat(rows).isExhausted();
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    return values;
  }

  private static List<Object> expected(TraceInput trace, ExitFrame frame) {
    List<Object> values = new ArrayList<>(List.of(trace.workload(), trace.traceId()));
    FrameRow row = FrameCodec.row(frame);
    for (FrameColumn column : FrameColumn.values()) {
      values.add(
          switch (column.kind()) {
            case NUMBER ->
                row.number(column).isPresent() ? (Long) row.number(column).getAsLong() : null;
            case TEXT -> row.text(column).orElse(null);
          });
    }
    // No file of this kind has the time of day.
    values.add(null);
    Verdict verdict = ExitModels.SEED.judge(frame, Machine.TRACED);
    values.add(verdict.outcome().name());
    values.add(verdict.firstMiss().map(Enum::name).orElse(null));
    values.add(
        verdict.firstMiss().isEmpty()
            ? null
            : org.sysretreplay.emulator.Cause.ofMiss(verdict, frame.cause()).key());
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void everyRecordIsInOneOfTheTables(Reading reading) {
    List<TraceInput> traces = new ArrayList<>(Sessions.traces());
    Sessions.find(BAD).stream().filter(it -> counts(it, reading).isPresent()).forEach(traces::add);
    String[] files = Sessions.files(traces);
    Map<String, Row> byTrace = new java.util.HashMap<>();
    perf(reading)
        .option("table", "traces")
        .load(files)
        .collectAsList()
        .forEach(it -> byTrace.put(it.getAs("trace"), it));
    Map<String, Long> frames = countsByTrace(perf(reading).load(files));
    Map<String, Long> rejects = countsByTrace(perf(reading).option("table", "rejects").load(files));

    assertThat(byTrace).hasSize(traces.size());
    for (TraceInput trace : traces) {
      Counts counts = counts(trace, reading).orElseThrow();
      Row row = byTrace.get(trace.traceId());
      for (String key : List.of("seen", "accepted", "rejected", "ignored", "lost", "exits")) {
        assertThat(row.<Long>getAs(key)).as(trace + " " + key).isEqualTo(count(counts, key));
      }
      assertThat(frames.getOrDefault(trace.traceId(), 0L)).isEqualTo(counts.accepted());
      assertThat(rejects.getOrDefault(trace.traceId(), 0L)).isEqualTo(counts.rejected());
    }
  }

  private static long count(Counts counts, String key) {
    return switch (key) {
      case "seen" -> counts.seen();
      case "accepted" -> counts.accepted();
      case "rejected" -> counts.rejected();
      case "ignored" -> counts.ignored();
      case "lost" -> counts.lost();
      default -> counts.exits();
    };
  }

  private static Optional<Counts> counts(TraceInput trace, Reading reading) {
    try (CountingReader reader = trace.open(reading)) {
      reader.forEachRemaining(it -> {});
      return Optional.of(reader.counts());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Long> countsByTrace(Dataset<Row> rows) {
    Map<String, Long> counts = new java.util.HashMap<>();
    rows.groupBy("trace")
        .count()
        .collectAsList()
        .forEach(it -> counts.put(it.getString(0), it.getLong(1)));
    return counts;
  }

  @Test
  void rejectsSayWhereAndWhy() {
    Path file = BAD.resolve("malformed-json.jsonl");
    Row row = perf().option("table", "rejects").load(file.toString()).first();
    TraceRecord record;
    try (CountingReader reader = Sessions.find(file).get(0).open(Reading.ASSEMBLED)) {
      do {
        record = reader.next();
      } while (!(record instanceof Rejected));
    }

    Rejected rejected = (Rejected) record;
    assertThat(row.<String>getAs("source")).isEqualTo(file.toString());
    assertThat(row.<Long>getAs("position")).isEqualTo(rejected.reject().place().position());
    assertThat(row.<String>getAs("unit")).isEqualTo("line");
    assertThat(row.<String>getAs("reason")).isEqualTo("MALFORMED_JSON");
    assertThat(row.<String>getAs("detail")).isEqualTo(rejected.reject().detail());
    assertThat(row.<String>getAs("excerpt")).isEqualTo(rejected.reject().excerpt());
  }

  @Test
  void everyColumnSaysWhatItHolds() {
    Dataset<Row> frames =
        perf().option("models", "seed").load(Sessions.SAMPLES.resolve("shell").toString());

    assertThat(frames.schema().fields())
        .allSatisfy(
            it -> {
              assertThat(it.getComment().get()).as(it.name()).isNotBlank();
              assertThat(it.metadata().getString("unit")).as(it.name()).isNotBlank();
            });
    StructField time = frames.schema().apply("ts_ns");
    assertThat(time.metadata().getString("unit")).isEqualTo("nanoseconds");
    assertThat(time.getComment().get()).isEqualTo(FrameColumn.TS_NS.sentence());
  }

  @Test
  void registersAreTextWhereThatIsAskedFor() {
    String file = Sessions.SAMPLES.resolve("vsyscall").resolve("perf.data").toString();
    List<Row> numbers = perf().load(file).select("rip", "rsp", "recorded_rip").collectAsList();
    List<Row> texts =
        perf()
            .option("registers", "hex")
            .load(file)
            .where("rip like '0x%'")
            .select("rip", "rsp", "recorded_rip")
            .collectAsList();

    assertThat(texts).hasSameSizeAs(numbers);
    for (int row = 0; row < texts.size(); row++) {
      for (int column = 0; column < 3; column++) {
        Object number = numbers.get(row).get(column);
        assertThat(texts.get(row).get(column))
            .isEqualTo(number == null ? null : Hex.of((Long) number));
      }
    }
  }

  /**
   * A recording of {@code perf record -k CLOCK_MONOTONIC}; the expected first time is perf's own.
   */
  @ParameterizedTest
  @ValueSource(strings = {"perf", "sysret-store"})
  void theTimeOfDayIsToldWhereTheRecordingHasIt(String format, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("clock.perf.data");
    try (InputStream recording = PerfSourceTest.class.getResourceAsStream("clock.perf.data")) {
      Files.write(file, recording.readAllBytes());
    }
    String path =
        format.equals("perf")
            ? file.toString()
            : SampleStores.of(folder.resolve("store"), Sessions.find(file));
    Dataset<Row> frames = spark.read().format(format).load(path);

    assertThat(frames.orderBy("seq").selectExpr("unix_micros(wall_time)", "ts_ns").first())
        .isEqualTo(RowFactory.create(1_795_886_606_378_470L, 28_423_991_643_243L));
    assertThat(frames.where("wall_time >= timestamp'2026-11-28 17:23:26.37847Z'").count())
        .isEqualTo(frames.count());
    assertThat(frames.where("wall_time is null").count()).isZero();
    assertThat(
            frames
                .selectExpr("unix_micros(wall_time) - ts_ns div 1000 as d")
                .agg(max("d").minus(min("d")))
                .first()
                .getLong(0))
        .isBetween(0L, 1L);
  }

  @Test
  void pathsAreFilesFoldersAndGlobs() {
    Path shell = Sessions.SAMPLES.resolve("shell");
    long frames = perf().load(shell.resolve("perf.data").toString()).count();

    assertThat(frames).isPositive();
    assertThat(perf().load(shell.toString()).count()).isEqualTo(frames);
    assertThat(perf().load(shell.resolve("perf.d*").toString()).count()).isEqualTo(frames);
    assertThat(perf().load(Sessions.relative(shell) + "/perf.d?ta").count()).isEqualTo(frames);
    assertThat(perf().load(shell.resolve("perf.data").toUri().toString()).count())
        .isEqualTo(frames);
    assertThat(perf().option("format", "perf-script").load(shell.toString()).count())
        .isEqualTo(frames);
    assertThat(
            perf()
                .option("workload", "mine")
                .load(shell.toString(), Sessions.SAMPLES.resolve("h*p").toString())
                .select("workload")
                .distinct()
                .collectAsList()
                .toString())
        .isEqualTo("[[mine]]");
  }

  /** An executor works in another folder, and would not find a relative path. */
  @Test
  void relativePathsReachExecutorsAsAbsoluteOnes() {
    Path file = BAD.resolve("malformed-json.jsonl").toAbsolutePath();
    String relative = Sessions.relative(file);

    assertThat(relative).doesNotStartWith("/");
    for (String table : List.of("rejects", "traces")) {
      List<Row> named = perf().option("table", table).load(relative).collectAsList();
      List<Row> absolute = perf().option("table", table).load(file.toString()).collectAsList();

      assertThat(named)
          .hasSameSizeAs(absolute)
          .allSatisfy(
              it -> {
                Path source = Path.of(it.<String>getAs("source"));
                assertThat(source).isAbsolute().hasSameBinaryContentAs(file);
                assertThat(it.<String>getAs("trace")).isEqualTo(absolute.get(0).getAs("trace"));
              });
    }
  }

  @Test
  void aTimeInAFilesNameBreaksNoGlob(@TempDir Path folder) throws IOException {
    Path shell = Sessions.SAMPLES.resolve("shell").resolve("perf.data");
    Files.copy(shell, folder.resolve("nginx-2026-10-12T14:30:00.perf.data"));
    Files.copy(shell, folder.resolve("nginx.perf.data"));

    assertThat(perf().load(folder + "/ngin*").groupBy("workload").count().orderBy("workload"))
        .satisfies(
            it ->
                assertThat(it.select("workload").collectAsList().toString())
                    .isEqualTo("[[nginx], [nginx-2026-10-12T14:30:00]]"));
  }

  /** A plus sign may belong to a release or begin a policy. */
  @Test
  void theOptionModelsTakesReleasesWithPolicies() {
    Row shares =
        perf()
            .option("models", "6.12,6.12+exec-hits,linux-6.9+exec-hits")
            .load(Sessions.SAMPLES.resolve("shell").toString())
            .where("stage <> 'in_kernel'")
            .selectExpr(
                "count_if(outcome_6_12 = 'SYSRET')",
                "count_if(outcome_6_12_exec_hits = 'SYSRET')",
                "count_if(outcome_linux_6_9_exec_hits = 'SYSRET')")
            .first();

    assertThat(shares.getLong(1)).isGreaterThan(shares.getLong(0)).isEqualTo(shares.getLong(2));
  }

  @Test
  void aViewOfSqlReadsTraces() {
    spark.sql(
        "create or replace temporary view shell using perf options (path '%s', models 'linux-6.9')"
            .formatted(Sessions.SAMPLES.resolve("shell")));

    assertThat(
            spark
                .sql("select count(*) from shell where outcome_linux_6_9 = 'SYSRET'")
                .first()
                .getLong(0))
        .isPositive();
  }

  @Test
  void tracesOfOtherWorkloadsAreNotRead() {
    Dataset<Row> shell =
        perf().load(Sessions.files(Sessions.traces())).where("workload = 'shell'").select("tid");

    assertThat(shell.rdd().getNumPartitions()).isEqualTo(1);
    assertThat(Sessions.plan(shell))
        .contains("columns [tid]", "pushed filters [workload = 'shell']")
        .doesNotContain("Filter ");
  }

  @Test
  void metricsTellWhatBecameOfTheRecords() {
    Path file = BAD.resolve("malformed-json.jsonl");
    Dataset<Row> frames = perf().load(file.toString());
    SparkPlan plan = frames.queryExecution().executedPlan();
    frames.queryExecution().toRdd().count();
    Counts counts = counts(Sessions.find(file).get(0), Reading.ASSEMBLED).orElseThrow();

    assertThat(metric(plan, "SEEN")).isEqualTo(counts.seen());
    assertThat(metric(plan, "REJECTED")).isEqualTo(counts.rejected()).isPositive();
    assertThat(metric(plan, "LOST")).isEqualTo(counts.lost());
  }

  private static long metric(SparkPlan plan, String name) {
    return plan.collectLeaves().apply(0).metrics().apply(name).value();
  }

  /**
   * A file that is read in parts gives the same rows in the same order as one that one task reads.
   */
  @ParameterizedTest
  @EnumSource
  void largeFilesOfFramesAreReadInParts(Reading reading, @TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (String name : List.of("malformed-json", "field-missing", "field-invalid")) {
        lines.addAll(Files.readAllLines(BAD.resolve(name + ".jsonl")));
      }
    }
    String file = Files.write(folder.resolve("large.jsonl"), lines).toString();
    String parquet = folder.resolve("large.parquet").toString();
    perf(reading)
        .load(file)
        .select("rip", "rcx", "r11", "rflags", "cs", "ss")
        .coalesce(1)
        .write()
        .option("parquet.block.size", "1024")
        .option("parquet.page.size.row.check.min", "10")
        .option("parquet.page.size.row.check.max", "10")
        .parquet(parquet);
    for (String path : List.of(file, parquet)) {
      Asked whole = asked(perf(reading), path);
      for (String bytes : List.of("800", "3000")) {
        spark.conf().set("spark.sql.files.maxPartitionBytes", bytes);
        Asked parts = asked(perf(reading), path);
        spark.conf().unset("spark.sql.files.maxPartitionBytes");

        assertThat(parts.tasks).isGreaterThan(whole.tasks);
        assertThat(parts.rows).isEqualTo(whole.rows);
        assertThat(parts.seen).isEqualTo(whole.seen);
      }
    }
  }

  /** The answers to some queries, the number of tasks, and the metric of records seen. */
  private record Asked(int tasks, List<List<Row>> rows, long seen) {}

  private static Asked asked(DataFrameReader reader, String path) {
    Dataset<Row> frames = reader.load(path);
    SparkPlan plan = frames.queryExecution().executedPlan();
    frames.queryExecution().toRdd().count();
    List<List<Row>> rows =
        List.of(
            frames.collectAsList(),
            frames.where("seq > 17 and rcx = rip").select("rip").collectAsList(),
            frames.select("rip", "stage").collectAsList(),
            reader.option("table", "rejects").load(path).collectAsList(),
            reader.option("table", "traces").load(path).collectAsList());
    return new Asked(
        frames.rdd().getNumPartitions(),
        rows,
        metric(plan, "SEEN") + metric(plan, "REJECTED") * 1_000_000);
  }

  @Test
  void whatCannotBePlannedIsRefusedInOneSentence() {
    String file = Sessions.SAMPLES.resolve("shell").toString();
    assertRefused(
        () -> perf().load("/nowhere/x.data"),
        "/nowhere/x.data: there is no such file; check the name.");
    assertRefused(
        () -> perf().load(file + "/*.nothing").count(),
        file + "/*.nothing: there is no such file; check the name.");
    assertRefused(
        () -> perf().option("tabel", "frames").load(file),
        "perf: there is no option tabel; the options are table, format, workload, asRecorded,"
            + " registers, mode, models, untraced, la57, xenPv, maxFilesPerTrigger.");
    assertRefused(
        () -> perf().option("table", "frame").load(file),
        "perf: option table is frame, and can be frames, rejects, traces.");
    assertRefused(
        () -> perf().option("asRecorded", "yes").load(file),
        "perf: option asRecorded is yes, and can be false or true.");
    assertRefused(
        () -> perf().option("models", "seed").option("la57", "true").load(file),
        "perf: option la57: seed cannot run with 5-level paging; leave it out, or name a later"
            + " model.");
    assertRefused(
        () -> perf().option("models", "4.9").option("la57", "true").load(file),
        "perf: option la57: 4.9 cannot run with 5-level paging; leave it out, or name a later"
            + " model.");
    assertRefused(
        () -> perf().load(BAD.resolve("photo.jpg").toString()).count(),
        BAD.resolve("photo.jpg")
            + ": it is in no trace format that is known here; give a perf.data, the text of perf"
            + " script or ftrace, JSON lines, Parquet, or a folder of them.");
    assertRefused(() -> perf().load("hdfs://nowhere/x.data").count(), null);
  }

  @Test
  void theCaseOfAFormatDoesNotMatter() {
    String file = Sessions.SAMPLES.resolve("shell").resolve("perf.data").toString();
    Dataset<Row> traces = perf().option("table", "traces").option("format", "Perf-Data").load(file);

    assertThat(traces.first().<String>getAs("format")).isEqualTo("perf-data");
    assertThat(perf().option("format", "AUTO").load(file).schema())
        .isEqualTo(perf().load(file).schema());
    assertRefused(
        () -> perf().option("format", "Perf").load(file),
        "perf: option format is Perf, and can be auto, perf-data, perf-script, ftrace, jsonl,"
            + " parquet.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"5.14.0-427.el9 | 5.14.0.427-el9", "5.14.0-427.el9.x86_64 | 5.14.0-427.EL9.x86_64"})
  void modelsWhoseColumnsWouldBeTheSameAreRefused(String one, String other) {
    assertRefused(
        () -> perf().option("models", one + ",seed," + other).load(BAD.toString()),
        "perf: option models: the columns of %s and %s would have the same names; leave one out."
            .formatted(one, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"perf", "sysret-store"})
  void whatIsNoPathIsRefused(String source) {
    String file = Sessions.SAMPLES.resolve("shell").toString();
    String remedy = ": this is no path; name a file or a folder.";
    assertRefused(() -> spark.read().format(source).load(""), "\"\"" + remedy);
    assertRefused(() -> spark.read().format(source).load(file, " "), "\" \"" + remedy);
    assertRefused(() -> spark.read().format(source).load(file, null), "null" + remedy);
    assertRefused(
        () ->
            spark.sql(
                "create temporary view nowhere using `%s` options (paths '[null]')"
                    .formatted(source)),
        "null" + remedy);
    assertRefused(
        () -> spark.read().format(source).option("paths", "null").load(),
        source + ": option paths is null, and can be a JSON array of paths.");
    assertRefused(
        () -> spark.read().format(source).option("path", (String) null).load(),
        source + ": no path is given; name one in load(...), or by the option path.");
  }

  /** Asserts that the query fails with that sentence; null stands for any. */
  private static void assertRefused(Runnable query, String sentence) {
    assertThatThrownBy(query::run)
        .isInstanceOf(AnalysisException.class)
        .satisfies(
            it -> {
              if (sentence != null) {
                assertThat(it.getMessage()).isEqualTo(sentence);
              }
            });
  }

  @Test
  void aFileThatCannotBeReadFailsTheQueryOrIsAReject() {
    Path file = BAD.resolve("unfinished.perf.data");
    String sentence =
        file
            + ": its header was never finished: perf was killed while it recorded; record again and"
            + " let perf end.";
    assertThatThrownBy(() -> perf().load(file.toString()).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining(sentence);

    DataFrameReader permissive = perf().option("mode", "permissive");
    String shell = Sessions.SAMPLES.resolve("shell").resolve("perf.data").toString();
    assertThat(permissive.load(file.toString(), shell).count())
        .isEqualTo(perf().load(shell).count());
    Row reject = permissive.option("table", "rejects").load(file.toString()).first();
    assertThat(reject.<String>getAs("reason")).isEqualTo("BROKEN_FRAMING");
    assertThat(reject.<String>getAs("detail")).isEqualTo(sentence);
    Row trace = permissive.option("table", "traces").load(file.toString()).first();
    assertThat(trace.<Long>getAs("seen")).isEqualTo(1);
    assertThat(trace.<Long>getAs("rejected")).isEqualTo(1);
  }

  @Test
  void machineFactsThatCannotBeReadFailTheQueryOrAreNotKnown(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("shell.perf.data");
    Files.copy(Sessions.SAMPLES.resolve("shell").resolve("perf.data"), file);
    Files.writeString(MachineFile.of(file), "{");
    DataFrameReader traces = perf().option("table", "traces");
    assertThatThrownBy(() -> traces.load(file.toString()).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining(MachineFile.of(file) + ": ");

    Row trace = traces.option("mode", "permissive").load(file.toString()).first();
    assertThat(trace.<Long>getAs("accepted")).isPositive();
    assertThat(trace.<Object>getAs("la57")).isNull();
    assertThat(trace.<Object>getAs("hypervisor")).isNull();
  }

  @Test
  void theSessionStaysAsItIs() {
    String before = Sessions.settings(spark);
    Dataset<Row> frames =
        perf().option("models", "seed").load(Sessions.SAMPLES.resolve("shell").toString());
    frames.where("tid > 5").groupBy("outcome_seed").count().collectAsList();
    perf().option("table", "traces").load(Sessions.SAMPLES.resolve("shell").toString()).count();

    assertThat(Sessions.settings(spark)).isEqualTo(before);
  }
}
