package org.sysretreplay.analytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.SparkSessions;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Reading;

/** The Spark path against the local path, and against DuckDB over the same files. */
class SparkReplayTest {

  private static final List<String> ALL_MODELS =
      Stream.concat(
              ExitModels.all().stream().map(ExitModel::id),
              Stream.of("seed+signal-delivery-hits+exec-hits", "linux-4.1+irq-check"))
          .toList();

  private static final Question EVERYTHING = Questions.byEverything(ALL_MODELS);
  private static final Question AS_RECORDED = Questions.asRecorded(ALL_MODELS);
  private static final Question NOTHING_BY = Questions.byNothing(ALL_MODELS);

  private static SparkSession spark;
  private static List<TraceInput> inputs;

  @TempDir private static Path folder;

  @BeforeAll
  static void startSpark() throws IOException {
    spark = SparkSessions.get("local[2]");
    // Every part file is to be a partition of its own, however small it is.
    spark.conf().set("spark.sql.files.openCostInBytes", Long.toString(1L << 30));
    inputs =
        SampleTraces.folders().stream()
            .map(sample -> SampleTraces.input(sample.resolve("perf.data")))
            .toList();
  }

  static Stream<TraceInput> inputs() throws IOException {
    return SampleTraces.folders().stream()
        .map(sample -> SampleTraces.input(sample.resolve("perf.data")));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aStoreAnswersAsTheFileDoesFrameByFrame(TraceInput input) throws IOException {
    assertSameAnswers(storeOf(input), input);
  }

  /** Files that another program wrote have no classes that could be trusted. */
  @ParameterizedTest
  @MethodSource("inputs")
  void aStoreWrittenAnewAnswersAsTheFileDoesAtAnyNumberOfParts(TraceInput input)
      throws IOException {
    TraceStore store = storeOf(input);
    for (int partitions : new int[] {1, 2, 7}) {
      spread(store, input, partitions);
      assertThat(store.read().frames().rdd().getNumPartitions()).isEqualTo(partitions);
      assertSameAnswers(store, input);
    }
  }

  private static void assertSameAnswers(TraceStore store, TraceInput input) {
    for (Question question : List.of(EVERYTHING, AS_RECORDED, NOTHING_BY)) {
      Answer answer = SparkReplay.answer(spark, question, List.of(), List.of(store));
      assertThat(answer).isEqualTo(TraceReplay.answer(question, input));
    }
  }

  @Test
  void traceFilesTogetherAnswerAsTheSumOfEach() {
    Answer sum =
        inputs.stream()
            .map(input -> TraceReplay.answer(EVERYTHING, input))
            .reduce(Answer.zero(), Answer::plus);

    assertThat(SparkReplay.answer(spark, EVERYTHING, inputs, List.of())).isEqualTo(sum);
  }

  @Test
  void everyTraceCanHaveAModelOfItsOwn() throws IOException {
    TraceInput first = inputs.get(0);
    TraceInput second = inputs.get(1);
    Question.Models models =
        new Question.Models(
            List.of("linux-4.1", "linux-6.9"),
            Map.of(first.traceId(), "linux-6.9", second.traceId(), "linux-4.1"));
    Question question =
        new Question(models, Machine.TRACED, Reading.ASSEMBLED, List.of(GroupColumn.ENTRY));

    Answer ofFiles = SparkReplay.answer(spark, question, List.of(first, second), List.of());
    Answer ofStores =
        SparkReplay.answer(spark, question, List.of(), List.of(storeOf(first), storeOf(second)));

    assertThat(ofFiles).isEqualTo(ofStores);
    assertThat(ofFiles.table().tallies().keySet())
        .extracting(group -> group.workload() + " " + group.modelId())
        .containsOnly(first.workload() + " linux-6.9", second.workload() + " linux-4.1");
    assertThat(Report.of(question, ofFiles).rows()).isNotEmpty();
  }

  @Test
  void filesAndStoresAddUp() throws IOException {
    TraceStore store = storeOf(inputs.get(0));

    Answer both = SparkReplay.answer(spark, NOTHING_BY, List.of(inputs.get(1)), List.of(store));

    Answer sum =
        TraceReplay.answer(NOTHING_BY, inputs.get(0))
            .plus(TraceReplay.answer(NOTHING_BY, inputs.get(1)));
    assertThat(both).isEqualTo(sum);
  }

  @Test
  void rejectsOfAStoreAreThoseOfTheFile() throws IOException {
    Path broken = folder.resolve("broken.jsonl");
    Files.writeString(broken, "{\"rip\":1}\n{\"rip\":-1}\n{\"rip\":2}\n[]\n{\"rip\":\"0x\"}\n");
    TraceInput input = SampleTraces.input(broken);

    Answer ofStore = SparkReplay.answer(spark, NOTHING_BY, List.of(), List.of(storeOf(input)));

    assertThat(ofStore).isEqualTo(TraceReplay.answer(NOTHING_BY, input));
    assertThat(ofStore.intake().rejects().entries()).hasSize(3);
  }

  /** The six tests of the seed mail as SQL, by an engine that shares nothing with ours. */
  @Test
  void duckDbCountsTheSameFromTheRawRegisters() throws IOException, SQLException {
    Path root = folder.resolve("duckdb");
    TraceStore store = TraceStore.at(spark, root);
    store.prepare();
    inputs.forEach(store::ingest);
    Question byEntry =
        new Question(
            List.of("seed"), Machine.TRACED, Reading.ASSEMBLED, List.of(GroupColumn.ENTRY));

    TallyTable ours = SparkReplay.answer(spark, byEntry, List.of(), List.of(store)).table();

    Map<List<String>, List<Long>> theirs = new HashMap<>();
    String sql =
        """
        with tested as (
          select workload, entry,
            rcx <> rip as rcx_not_rip,
            rcx not between 0 and 140737488355327 as not_user_address,
            cs <> 51 as cs_not_user, r11 <> rflags as r11_not_rflags,
            (r11 & 65536) <> 0 as rf_set, ss <> 43 as ss_not_user
          from read_parquet('%s/frames/*/*/*.parquet', hive_partitioning = true)
          where stage <> 'in_kernel')
        select workload, entry, count(*),
          count(*) filter (not (rcx_not_rip or not_user_address or cs_not_user or r11_not_rflags
            or rf_set or ss_not_user)),
          count(*) filter (rcx_not_rip), count(*) filter (not_user_address),
          count(*) filter (cs_not_user), count(*) filter (r11_not_rflags),
          count(*) filter (rf_set), count(*) filter (ss_not_user)
        from tested group by all
        """
            .formatted(root);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = duckDb.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        List<Long> counts = new ArrayList<>();
        for (int column = 3; column <= 10; column++) {
          counts.add(rows.getLong(column));
        }
        theirs.put(List.of(rows.getString(1), rows.getString(2)), counts);
      }
    }
    assertThat(counts(ours)).isEqualTo(theirs);
  }

  private static Map<List<String>, List<Long>> counts(TallyTable table) {
    Map<List<String>, List<Long>> counts = new HashMap<>();
    table
        .tallies()
        .forEach(
            (group, tally) ->
                counts.put(List.of(group.workload(), (String) group.by().get(0)), counts(tally)));
    return counts;
  }

  private static List<Long> counts(Tally tally) {
    List<Long> counts = new ArrayList<>(List.of(tally.exits(), tally.count(Outcome.SYSRET)));
    for (MissReason reason : MissReason.values()) {
      if (reason != MissReason.XEN_PV_GUEST && reason != MissReason.TF_SET) {
        counts.add(tally.anyMisses().getOrDefault(reason, 0L));
      }
    }
    return counts;
  }

  @Test
  void verdictsAreOneForEveryFrameInOrder() throws IOException {
    TraceInput input = inputs.get(0);
    Path fromFile = folder.resolve("file.jsonl");
    Path fromStore = folder.resolve("store.jsonl");
    TraceStore store = storeOf(input);

    write(List.of(input), List.of(), fromFile, VerdictFile.Format.JSONL);
    write(List.of(), List.of(store), fromStore, VerdictFile.Format.JSONL);

    List<String> lines = Files.readAllLines(fromFile);
    assertThat(lines).isEqualTo(Files.readAllLines(fromStore));
    long exits = TraceReplay.answer(NOTHING_BY, input).intake().counts().accepted();
    assertThat(lines).hasSize((int) exits);
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"trace\":\"%s\",\"seq\":0,\"outcome\":\"IRET_MISS\",\"first_miss\":\"RCX_NOT_RIP\","
                    .formatted(input.traceId())
                + "\"all_miss\":[\"RCX_NOT_RIP\",\"CS_NOT_USER_CS\",\"R11_NOT_RFLAGS\"]}");
  }

  @Test
  void verdictsCanBeWrittenWhereTheFoldersNameHasBlanksAndLetters() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a b é 50%20"));
    write(List.of(inputs.get(0)), List.of(), odd.resolve("v.jsonl"), VerdictFile.Format.JSONL);
    write(List.of(inputs.get(0)), List.of(), odd.resolve("v"), VerdictFile.Format.PARQUET);

    assertThat(odd.resolve("v.jsonl")).isRegularFile();
    assertThat(odd.resolve("v/_SUCCESS")).exists();
    try (Stream<Path> siblings = Files.list(folder)) {
      assertThat(siblings.filter(it -> it.getFileName().toString().startsWith("a")))
          .containsExactly(odd);
    }
  }

  @Test
  void verdictsInParquetReplaceAnEarlierOutputAndNothingElse() throws IOException {
    TraceInput input = inputs.get(0);
    Path target = folder.resolve("verdicts");

    write(List.of(input), List.of(), target, VerdictFile.Format.PARQUET);
    write(List.of(input), List.of(), target, VerdictFile.Format.PARQUET);

    long exits = TraceReplay.answer(NOTHING_BY, input).intake().counts().accepted();
    assertThat(spark.read().parquet(target.toString()).count()).isEqualTo(exits);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(it -> it.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".writing"));
    }
  }

  private static void write(
      List<TraceInput> traces, List<TraceStore> stores, Path target, VerdictFile.Format format) {
    VerdictFile.write(
        spark, ExitModels.SEED, Machine.TRACED, Reading.ASSEMBLED, traces, stores, target, format);
  }

  private static TraceStore storeOf(TraceInput input) throws IOException {
    TraceStore store = TraceStore.at(spark, Files.createTempDirectory(folder, "store"));
    store.prepare();
    store.ingest(input);
    return store;
  }

  /** Lays the frames of a store's only trace out in that many part files. */
  private static void spread(TraceStore store, TraceInput input, int parts) throws IOException {
    Path root = Path.of(store.root());
    Path frames = root.resolve("frames/workload=" + input.workload() + "/trace=" + input.traceId());
    Path spread = root.resolve("_spread-" + parts);
    spark.read().parquet(frames.toString()).repartition(parts).write().parquet(spread.toString());
    try (Stream<Path> old = Files.list(frames)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> files = Files.list(spread)) {
      for (Path file : files.toList()) {
        Files.move(file, frames.resolve(file.getFileName()));
      }
    }
  }
}
