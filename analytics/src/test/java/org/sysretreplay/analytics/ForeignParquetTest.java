package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Parquet files that DuckDB wrote against JSON lines of the same frames. */
class ForeignParquetTest {

  /** The sample with the most kinds of entries. */
  private static final TraceInput RECORDING = SampleTraces.recording("fork32");

  @TempDir private Path folder;
  private final FollowedWorkers workers = new FollowedWorkers(new LocalWorkers(2, Progress.NONE));

  /** Ways in which another program may write the same numbers. */
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

  static List<TraceInput> recordings() throws IOException {
    return SampleTraces.recordingsAndOldKernels();
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

  private <T> Answer<T> answer(Fold<T> question, TraceInput... traces) {
    return new Engine(workers).answer("t", question, new Inputs(List.of(traces), List.of()));
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
    for (Question question : Questions.ALL) {
      Answer<TallyTable> expected = TraceReplay.answer(question, lines);
      assertThat(expected.intake().counts().accepted()).isPositive();
      for (TraceInput rows : all) {
        assertThat(content(TraceReplay.answer(question, rows)))
            .as(rows.file())
            .isEqualTo(content(expected));
      }
      assertThat(content(answer(question, all.toArray(TraceInput[]::new))))
          .isEqualTo(content(Answers.sum(question, Collections.nCopies(all.size(), lines))));
    }
    assertThat(workers.merged())
        .as("counted by columns, and nothing was read once more")
        .containsExactly(all.size(), all.size(), all.size());
  }

  /** All of an answer but the names of its traces. */
  private static List<Object> content(Answer<TallyTable> answer) {
    return List.of(
        answer.table(),
        answer.intake().counts(),
        answer.intake().rejects(),
        Set.copyOf(answer.intake().signs().byTrace().values()));
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("w"), Optional.empty()).traces().get(0);
  }

  @ParameterizedTest
  @MethodSource("org.sysretreplay.analytics.Questions#columns")
  void everyColumnAloneAnswersTheSame(GroupColumn column) throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    Question question =
        new Question(Questions.MODELS, Machine.TRACED, Reading.ASSEMBLED, List.of(column));
    assertThat(answer(question, parquet(jsonLines)))
        .isEqualTo(TraceReplay.answer(question, SampleTraces.input(jsonLines)));
  }

  @Test
  void sitesAreThoseOfTheRowsReadOneByOne() throws IOException {
    TraceInput rows = parquet(jsonLines(SampleTraces.recording("http")));
    for (SiteQuestion question : Questions.SITES) {
      Answer<MissSites> answer = answer(question, rows);
      assertThat(answer).isEqualTo(TraceReplay.answer(question, rows));
      assertThat(answer.table().top(1).get(0).found()).isGreaterThan(100);
    }
    assertThat(workers.merged()).as("counted by columns").containsExactly(1, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 7_777, 50_000})
  void partsOfAnySizeHaveEveryRowOnce(long partBytes) throws IOException {
    Path jsonLines = jsonLines(SampleTraces.recording("http"));
    TraceInput rows = parquet(jsonLines, ForeignParquet.COLUMNS, "row_group_size 2048");
    FollowedWorkers seven = new FollowedWorkers(new LocalWorkers(7, Progress.NONE));
    Answer<TallyTable> answer =
        new QuestionRun<>(Questions.BY_EVERYTHING, seven, partBytes)
            .answer("t", List.of(rows), List.of());
    assertThat(answer).isEqualTo(TraceReplay.answer(Questions.BY_EVERYTHING, rows));
    assertThat(answer.intake().counts().accepted()).isEqualTo(Files.readAllLines(jsonLines).size());
    assertThat(seven.merged()).hasSize(1);
    assertThat(seven.merged().get(0)).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
  void aFileThatIsPackedByAnyCodecAnswersTheSame(String codec) throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    TraceInput rows = parquet(jsonLines, ForeignParquet.COLUMNS, "codec '%s'".formatted(codec));
    Answer<TallyTable> expected =
        TraceReplay.answer(Questions.BY_EVERYTHING, SampleTraces.input(jsonLines));
    assertThat(answer(Questions.BY_EVERYTHING, rows)).isEqualTo(expected);
    assertThat(TraceReplay.answer(Questions.BY_EVERYTHING, rows)).isEqualTo(expected);
  }

  @Test
  void aCodecThatIsNotKnownIsNamed() throws IOException {
    TraceInput rows = parquet(jsonLines(RECORDING), ForeignParquet.COLUMNS, "codec 'brotli'");
    assertThatThrownBy(() -> answer(Questions.BY_EVERYTHING, rows))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            rows.file()
                + ": its column rip is packed by Brotli, which cannot be unpacked here; write it with"
                + " zstd or snappy.");
  }

  @Test
  void filesOfAllKindsTogetherAnswerAsTheSumOfEach() throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    TraceInput[] traces = {SampleTraces.input(jsonLines), parquet(jsonLines), RECORDING};
    for (Question question : Questions.ALL) {
      assertThat(answer(question, traces)).isEqualTo(Answers.sum(question, List.of(traces)));
    }
  }

  @Test
  void aComparisonAnswersAsJsonLinesDo() throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    for (Reading reading : Reading.values()) {
      TransitionQuestion question =
          Questions.transitions("linux-4.1", "seed", Machine.TRACED, reading);
      assertThat(answer(question, parquet(jsonLines)))
          .isEqualTo(TraceReplay.answer(question, SampleTraces.input(jsonLines)));
    }
  }

  @Test
  void aFileWithRowsThatAreNoFramesIsReadFrameByFrame() throws IOException {
    Path jsonLines = jsonLines(RECORDING);
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
    Answer<TallyTable> answer = TraceReplay.answer(Questions.BY_EVERYTHING, rows);
    long rejected = (lines + 4) / 7 + (lines + 3) / 7;
    assertThat(answer.intake().counts())
        .isEqualTo(new Counts(lines, lines - rejected, rejected, 0, 0));
    assertThat(answer.intake().rejects().entries()).hasSize(2);
    assertThat(answer(Questions.BY_EVERYTHING, rows, RECORDING))
        .isEqualTo(Answers.sum(Questions.BY_EVERYTHING, List.of(rows, RECORDING)));
    assertThat(workers.merged()).as("both, and then that file").containsExactly(2, 1);
    assertThat(answer(Questions.BY_NOTHING, rows))
        .isEqualTo(TraceReplay.answer(Questions.BY_NOTHING, rows));
  }

  /** The other parts of the file were counted before the failure, and must not count twice. */
  @Test
  void oneBadRowOfManyPartsCountsNothingTwice() throws IOException {
    Path jsonLines = jsonLines(SampleTraces.recording("http"));
    TraceInput rows =
        parquet(
            jsonLines,
            ForeignParquet.COLUMNS.replace(
                "r11,", "case when row_number() over () = 2500 then null else r11 end as r11,"),
            "row_group_size 2048");
    FollowedWorkers seven = new FollowedWorkers(new LocalWorkers(7, Progress.NONE));
    for (Question question : Questions.ALL) {
      Answer<TallyTable> answer =
          new QuestionRun<>(question, seven, 1).answer("t", List.of(rows), List.of());
      assertThat(answer).isEqualTo(TraceReplay.answer(question, rows));
      assertThat(answer.intake().counts().rejected()).isEqualTo(1);
    }
    assertThat(seven.merged()).hasSize(6);
    assertThat(seven.merged().get(0)).isGreaterThan(1);
    assertThat(seven.merged().get(1)).isEqualTo(1);
  }

  @Test
  void aFileAnswersTheSameWhateverItsTimesAre() throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    for (String times :
        List.of(
            "",
            "null::bigint as ts_ns,",
            "ts_ns::ubigint as ts_ns,",
            "(ts_ns % 1000000007)::integer as ts_ns,",
            // Times beyond the signed numbers, whose statistics have another order.
            "case when ts_ns % 2 = 0 then 18446744073709551615::ubigint else ts_ns::ubigint end"
                + " as ts_ns,")) {
      String columns = ForeignParquet.COLUMNS.replace("ts_ns,", times);
      TraceInput rows = parquet(jsonLines, columns, "codec 'zstd'");
      assertThat(answer(Questions.BY_EVERYTHING, rows))
          .isEqualTo(TraceReplay.answer(Questions.BY_EVERYTHING, rows));
    }
  }

  @Test
  void aFileWithoutRowsAnswersTheSame() throws IOException {
    Path jsonLines = jsonLines(RECORDING);
    ForeignParquet.run(
        "copy (select * from '%s' limit 0) to '%s' (format parquet)"
            .formatted(parquet(jsonLines).file(), folder.resolve("none.parquet")));
    TraceInput rows = SampleTraces.input(folder.resolve("none.parquet"));
    Answer<TallyTable> answer = answer(Questions.BY_EVERYTHING, rows);
    assertThat(answer).isEqualTo(TraceReplay.answer(Questions.BY_EVERYTHING, rows));
    assertThat(answer.intake().counts()).isEqualTo(Counts.ZERO);
  }

  @Test
  void aPackedFileAnswersTheSame() throws IOException {
    TraceInput rows = parquet(jsonLines(RECORDING));
    Path packed = folder.resolve("w.parquet.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(Path.of(rows.file()), out);
    }
    TraceInput input = SampleTraces.input(packed);
    assertThat(answer(Questions.BY_EVERYTHING, input).table())
        .isEqualTo(answer(Questions.BY_EVERYTHING, rows).table())
        .isEqualTo(TraceReplay.answer(Questions.BY_EVERYTHING, input).table());
  }

  @Test
  void ingestKeepsEveryField() throws IOException {
    TraceInput rows = parquet(jsonLines(RECORDING), ForeignParquet.signed(), "codec 'zstd'");
    Path root = folder.resolve("store");
    Counts counts = new Engine(workers).ingest(List.of(rows), root.toString(), (trace, each) -> {});
    String stored =
        "(select %s from '%s/frames/*/*/*.parquet')".formatted(ForeignParquet.COLUMNS, root);
    String given = "(select %s from '%s')".formatted(ForeignParquet.COLUMNS, rows.file());
    assertThat(ForeignParquet.count(stored)).isEqualTo(counts.accepted()).isPositive();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(stored, given))).isZero();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(given, stored))).isZero();
    Inputs store = new Inputs(List.of(), List.of(root.toString()));
    for (Question question : Questions.ALL) {
      assertThat(new Engine(workers).answer("t", question, store))
          .isEqualTo(TraceReplay.answer(question, rows));
    }
  }

  @Test
  void aPartFileOfAStoreIsReadFromItsRegistersAlone() {
    String store = SampleStores.of(folder.resolve("store"), List.of(RECORDING));
    TraceInput part = SampleTraces.input(SampleStores.parts(store, RECORDING).get(0));
    for (Question question : Questions.ALL) {
      assertThat(answer(question, part)).isEqualTo(TraceReplay.answer(question, part));
    }
    assertThat(workers.merged()).as("counted by columns").containsExactly(1, 1, 1);
  }

  @Test
  void aFileWithoutARegisterIsRefusedAsByTheReader() throws IOException {
    TraceInput rows =
        parquet(jsonLines(RECORDING), ForeignParquet.COLUMNS.replace("rcx, ", ""), "codec 'zstd'");
    String sentence =
        rows.file()
            + ": there is no column rcx; write rip, rcx, r11, rflags, cs, ss as columns of"
            + " integers.";
    assertThatThrownBy(() -> TraceReplay.answer(Questions.BY_EVERYTHING, rows))
        .isInstanceOf(TraceException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> answer(Questions.BY_EVERYTHING, rows))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(sentence);
  }
}
