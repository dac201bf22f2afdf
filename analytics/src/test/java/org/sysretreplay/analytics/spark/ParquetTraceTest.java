package org.sysretreplay.analytics.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionReplay;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.spark.SparkSessions;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Parquet files that DuckDB wrote against JSON lines of the same frames. */
class ParquetTraceTest {

  private static final List<String> ALL_MODELS =
      ExitModels.all().stream().map(ExitModel::id).toList();

  private static final Question EVERYTHING = Questions.byEverything(ALL_MODELS);
  private static final Question AS_RECORDED = Questions.asRecorded(ALL_MODELS);
  private static final Question NOTHING_BY = Questions.byNothing(ALL_MODELS);

  /** The sample with the most kinds of entries. */
  private static final String WORKLOAD = "fork32";

  private static SparkSession spark;

  @TempDir private Path folder;

  /** How another program may write the same numbers. */
  enum Flavour {
    UNSIGNED(ForeignParquet.COLUMNS, "codec 'zstd'"),
    SIGNED(ForeignParquet.signed(), "codec 'snappy'"),
    NARROW_IN_MANY_GROUPS(
        ForeignParquet.COLUMNS
            .replace("cs,", "cs::integer as cs,")
            .replace("ss,", "ss::usmallint as ss,")
            .replace("cpu,", "cpu::utinyint as cpu,"),
        "codec 'uncompressed', row_group_size 2048"),
    WITHOUT_DICTIONARIES(
        ForeignParquet.COLUMNS + ", 7 as frame_class, 'early' as stage",
        "codec 'gzip', dictionary_size_limit 1, parquet_version 'v2'");

    private final String columns;
    private final String options;

    Flavour(String columns, String options) {
      this.columns = columns;
      this.options = options;
    }
  }

  @BeforeAll
  static void startSpark() {
    spark = SparkSessions.get("local[2]");
  }

  static Stream<TraceInput> recordings() throws IOException {
    return SampleTraces.folders().stream()
        .map(sample -> SampleTraces.input(sample.resolve("perf.data")));
  }

  private static TraceInput recording() {
    return SampleTraces.input(SampleTraces.ROOT.resolve(WORKLOAD).resolve("perf.data"));
  }

  private Path jsonLines(TraceInput recording) throws IOException {
    return ForeignParquet.jsonLines(recording, folder.resolve("w.jsonl"));
  }

  private TraceInput parquet(Path jsonLines, String columns, String options) {
    Path file = folder.resolve("w.parquet");
    return SampleTraces.input(ForeignParquet.copy(jsonLines, columns, options, file));
  }

  private TraceInput parquet(Path jsonLines) {
    return parquet(jsonLines, ForeignParquet.COLUMNS, "codec 'zstd'");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRecordingAnswersAsItsJsonLinesDo(TraceInput recording) throws IOException {
    Path jsonLines = jsonLines(recording);
    TraceInput lines = input(jsonLines);
    List<TraceInput> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      Path file = folder.resolve(flavour + ".parquet");
      all.add(input(ForeignParquet.copy(jsonLines, flavour.columns, flavour.options, file)));
    }
    for (Question question : List.of(EVERYTHING, AS_RECORDED, NOTHING_BY)) {
      Answer expected = TraceReplay.answer(question, lines);
      assertThat(expected.intake().counts().accepted()).isPositive();
      Answer sum = Answer.zero();
      for (TraceInput rows : all) {
        assertThat(TraceReplay.answer(question, rows)).as(rows.file()).isEqualTo(expected);
        sum = sum.plus(expected);
      }
      assertThat(SparkReplay.answer(spark, question, all, List.of())).isEqualTo(sum);
    }
    assertThat(counted(EVERYTHING, all, StoreScan.PART_BYTES))
        .hasSize(all.size())
        .allSatisfy((place, counted) -> assertThat(counted.complete()).isTrue());
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("w"), Optional.empty()).traces().get(0);
  }

  private static Answer onSpark(Question question, TraceInput... traces) {
    return SparkReplay.answer(spark, question, List.of(traces), List.of());
  }

  private static Map<Integer, TraceScan.Counted<TallyTable>> counted(
      Question question, List<TraceInput> traces, long partBytes) {
    return TraceScan.count(
        new SparkReplay.Traces(question),
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        traces,
        partBytes);
  }

  private static TraceScan.Counted<TallyTable> counted(
      Question question, TraceInput trace, long partBytes) {
    return counted(question, List.of(trace), partBytes).get(0);
  }

  private static boolean complete(Question question, TraceInput trace, long partBytes) {
    return counted(question, trace, partBytes).complete();
  }

  @ParameterizedTest
  @EnumSource(GroupColumn.class)
  void everyColumnAloneAnswersTheSame(GroupColumn column) throws IOException {
    Path jsonLines = jsonLines(recording());
    Question question =
        new Question(ALL_MODELS, Machine.TRACED, Reading.ASSEMBLED, List.of(column));
    assertThat(onSpark(question, parquet(jsonLines)))
        .isEqualTo(TraceReplay.answer(question, SampleTraces.input(jsonLines)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 7_777, 50_000})
  void partsOfAnySizeHaveEveryRowOnce(long partBytes) throws IOException {
    Path jsonLines = jsonLines(SampleTraces.input(SampleTraces.ROOT.resolve("http/perf.data")));
    TraceInput rows = parquet(jsonLines, ForeignParquet.COLUMNS, "row_group_size 2048");
    TraceScan.Counted<TallyTable> whole = counted(EVERYTHING, rows, Long.MAX_VALUE / 2);
    assertThat(counted(EVERYTHING, rows, partBytes)).isEqualTo(whole);
    assertThat(whole.frames()).isEqualTo(Files.readAllLines(jsonLines).size());
  }

  @Test
  void filesOfAllKindsTogetherAnswerAsTheSumOfEach() throws IOException {
    Path jsonLines = jsonLines(recording());
    TraceInput[] traces = {SampleTraces.input(jsonLines), parquet(jsonLines), recording()};
    Answer sum = Answer.zero();
    for (TraceInput trace : traces) {
      sum = sum.plus(TraceReplay.answer(EVERYTHING, trace));
    }
    assertThat(onSpark(EVERYTHING, traces)).isEqualTo(sum);
  }

  private static TransitionQuestion transitions(Reading reading) {
    return new TransitionQuestion(
        new Question.Models(List.of("linux-4.1"), Map.of()),
        new Question.Models(List.of("seed"), Map.of()),
        Machine.TRACED,
        reading);
  }

  @Test
  void aComparisonAnswersAsJsonLinesDo() throws IOException {
    Path jsonLines = jsonLines(recording());
    for (Reading reading : Reading.values()) {
      TransitionQuestion question = transitions(reading);
      assertThat(SparkTransitions.answer(spark, question, List.of(parquet(jsonLines)), List.of()))
          .isEqualTo(TransitionReplay.answer(question, SampleTraces.input(jsonLines)));
    }
  }

  @Test
  void rowsThatAreNoFramesAreRejectedAndCounted() throws IOException {
    Path jsonLines = jsonLines(recording());
    long lines = Files.readAllLines(jsonLines).size();
    TraceInput rows =
        parquet(
            jsonLines,
            ForeignParquet.COLUMNS
                .replace(
                    "r11,", "case when row_number() over () % 7 = 3 then null else r11 end as r11,")
                .replace(
                    "entry,",
                    "case when row_number() over () % 7 = 4 then 'softirq' else entry end as entry,"),
            "row_group_size 2048");
    Answer answer = TraceReplay.answer(EVERYTHING, rows);
    long rejected = (lines + 4) / 7 + (lines + 3) / 7;
    assertThat(answer.intake().counts())
        .isEqualTo(new Counts(lines, lines - rejected, rejected, 0, 0));
    assertThat(answer.intake().rejects().entries()).hasSize(2);
    assertThat(complete(EVERYTHING, rows, StoreScan.PART_BYTES)).isFalse();
    assertThat(onSpark(EVERYTHING, rows)).isEqualTo(answer);
    assertThat(onSpark(NOTHING_BY, rows)).isEqualTo(TraceReplay.answer(NOTHING_BY, rows));
  }

  @Test
  void aFileAnswersTheSameWhateverItsTimesAre() throws IOException {
    Path jsonLines = jsonLines(recording());
    for (String times :
        List.of(
            "",
            "null::bigint as ts_ns,",
            "ts_ns::ubigint as ts_ns,",
            "(ts_ns % 1000000007)::integer as ts_ns,",
            // Beyond the signed numbers, so that the order of the statistics is another one.
            "case when ts_ns % 2 = 0 then 18446744073709551615::ubigint else ts_ns::ubigint end"
                + " as ts_ns,")) {
      String columns = ForeignParquet.COLUMNS.replace("ts_ns,", times);
      TraceInput rows = parquet(jsonLines, columns, "codec 'zstd'");
      assertThat(onSpark(EVERYTHING, rows)).isEqualTo(TraceReplay.answer(EVERYTHING, rows));
    }
  }

  @Test
  void aFileWithoutRowsAnswersTheSame() throws IOException {
    Path jsonLines = jsonLines(recording());
    ForeignParquet.run(
        "copy (select * from '%s' limit 0) to '%s' (format parquet)"
            .formatted(parquet(jsonLines).file(), folder.resolve("none.parquet")));
    TraceInput rows = SampleTraces.input(folder.resolve("none.parquet"));
    assertThat(onSpark(EVERYTHING, rows)).isEqualTo(TraceReplay.answer(EVERYTHING, rows));
    assertThat(onSpark(EVERYTHING, rows).intake().counts()).isEqualTo(Counts.ZERO);
  }

  @Test
  void aPackedFileAnswersTheSame() throws IOException {
    TraceInput rows = parquet(jsonLines(recording()));
    Path packed = folder.resolve("w.parquet.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(Path.of(rows.file()), out);
    }
    TraceInput input = SampleTraces.input(packed);
    assertThat(onSpark(EVERYTHING, input).table())
        .isEqualTo(onSpark(EVERYTHING, rows).table())
        .isEqualTo(TraceReplay.answer(EVERYTHING, input).table());
  }

  @Test
  void ingestKeepsEveryField() throws IOException {
    TraceInput rows = parquet(jsonLines(recording()), ForeignParquet.signed(), "codec 'zstd'");
    Path root = folder.resolve("store");
    TraceStore store = TraceStore.at(spark, root);
    store.prepare();
    Counts counts = store.ingest(rows);
    String stored =
        "(select %s from '%s/frames/*/*/*.parquet')".formatted(ForeignParquet.COLUMNS, root);
    String given = "(select %s from '%s')".formatted(ForeignParquet.COLUMNS, rows.file());
    assertThat(ForeignParquet.count(stored)).isEqualTo(counts.accepted()).isPositive();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(stored, given))).isZero();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(given, stored))).isZero();
    for (Question question : List.of(EVERYTHING, AS_RECORDED)) {
      assertThat(SparkReplay.answer(spark, question, List.of(), List.of(store)))
          .isEqualTo(TraceReplay.answer(question, rows));
    }
  }

  @Test
  void aPartFileOfAStoreIsReadFromItsRegistersAlone() throws IOException {
    Path root = folder.resolve("store");
    TraceStore store = TraceStore.at(spark, root);
    store.prepare();
    store.ingest(recording());
    try (Stream<Path> files = Files.walk(root.resolve("frames"))) {
      TraceInput part =
          SampleTraces.input(
              files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow());
      for (Question question : List.of(EVERYTHING, AS_RECORDED)) {
        assertThat(onSpark(question, part)).isEqualTo(TraceReplay.answer(question, part));
        assertThat(complete(question, part, StoreScan.PART_BYTES)).isTrue();
      }
    }
  }

  @Test
  void aFileWithoutARegisterIsRefusedAsByTheReader() throws IOException {
    TraceInput rows =
        parquet(
            jsonLines(recording()), ForeignParquet.COLUMNS.replace("rcx, ", ""), "codec 'zstd'");
    assertThatThrownBy(() -> TraceReplay.answer(EVERYTHING, rows))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            rows.file()
                + ": there is no column rcx; write rip, rcx, r11, rflags, cs, ss as columns of"
                + " integers.");
    assertThatThrownBy(() -> onSpark(EVERYTHING, rows))
        .hasStackTraceContaining(rows.file() + ": there is no column rcx; write rip");
  }
}
