package org.sysretreplay.analytics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.Answers;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.UnreadableException;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Verdicts over files and stores, in both formats, against a loop over the frames. */
class VerdictsTest {

  private static final List<VerdictQuestion> QUESTIONS =
      List.of(
          new VerdictQuestion("seed", Machine.TRACED, Reading.ASSEMBLED),
          new VerdictQuestion("linux-6.9", Machine.UNTRACED, Reading.AS_RECORDED),
          new VerdictQuestion("seed+signal-delivery-hits", Machine.TRACED, Reading.ASSEMBLED));

  private static List<TraceInput> recordings;

  @TempDir private Path folder;

  @BeforeAll
  static void findRecordings() throws IOException {
    recordings = recordings();
  }

  static List<TraceInput> recordings() throws IOException {
    return SampleTraces.recordingsAndOldKernels();
  }

  private static Engine engine(int processors) {
    return new Engine(new LocalWorkers(processors, Progress.NONE));
  }

  private static Inputs files(TraceInput... traces) {
    return new Inputs(List.of(traces), List.of());
  }

  private static Inputs store(String store) {
    return new Inputs(List.of(), List.of(store));
  }

  private Intake write(VerdictQuestion question, Inputs inputs, Path target, VerdictFormat format) {
    return Verdicts.write(engine(2), question, inputs, target, format);
  }

  private List<String> jsonLines(VerdictQuestion question, Inputs inputs) throws IOException {
    Path target = folder.resolve("v.jsonl");
    write(question, inputs, target, VerdictFormat.JSONL);
    return Files.readAllLines(target);
  }

  private static List<String> expected(VerdictQuestion question, TraceInput trace) {
    ExitModel model = ExitModels.byId(question.models().ids().get(0)).orElseThrow();
    List<String> lines = new ArrayList<>();
    try (CountingReader reader = trace.open(question.reading())) {
      Judge judge = question.machines().judge(trace.traceId(), model);
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          lines.add(line(trace, frame, judge.verdict(frame)));
        }
      }
    }
    return lines;
  }

  private static String line(TraceInput trace, ExitFrame frame, Verdict verdict) {
    return "{\"trace\":\"%s\",\"seq\":%d,\"outcome\":\"%s\",\"first_miss\":%s,\"all_miss\":[%s]}"
        .formatted(
            trace.traceId(),
            frame.seq(),
            verdict.outcome(),
            verdict.firstMiss().map(it -> "\"" + it + "\"").orElse("null"),
            String.join(
                ",",
                Stream.of(MissReason.values())
                    .filter(verdict.allMisses()::contains)
                    .map(it -> "\"" + it + "\"")
                    .toList()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void areOneForEveryFrameInOrder(TraceInput recording) throws IOException {
    Path place = folder.resolve("store");
    String store = SampleStores.of(place, List.of(recording));
    for (VerdictQuestion question : QUESTIONS) {
      List<String> expected = expected(question, recording);
      assertThat(expected).isNotEmpty();
      assertThat(jsonLines(question, files(recording))).isEqualTo(expected);
      assertThat(jsonLines(question, store(store))).isEqualTo(expected);
    }
    SampleStores.split(store, recording, 7, 100);
    for (VerdictQuestion question : QUESTIONS) {
      assertThat(jsonLines(question, store(store))).isEqualTo(expected(question, recording));
    }
  }

  @Test
  void areInTheOrderOfTheTracesAndThenOfTheStores() throws IOException {
    Inputs inputs =
        new Inputs(
            recordings.subList(3, 5),
            List.of(
                SampleStores.of(folder.resolve("a"), List.of(recordings.get(2), recordings.get(1))),
                SampleStores.of(folder.resolve("b"), recordings.subList(0, 1))));
    List<String> expected = new ArrayList<>();
    for (int trace : new int[] {3, 4, 1, 2, 0}) {
      expected.addAll(expected(QUESTIONS.get(0), recordings.get(trace)));
    }
    for (int processors : new int[] {1, 2, 7}) {
      Path target = folder.resolve("v.jsonl");
      Intake intake =
          Verdicts.write(engine(processors), QUESTIONS.get(0), inputs, target, VerdictFormat.JSONL);
      assertThat(Files.readAllLines(target)).isEqualTo(expected);
      assertThat(intake)
          .isEqualTo(Answers.sum(Questions.BY_EVERYTHING, recordings.subList(0, 5)).intake());
    }
  }

  @Test
  void areTheSameRowsInParquet() throws IOException {
    String store = SampleStores.of(folder.resolve("store"), recordings);
    Inputs ofFiles = new Inputs(recordings, List.of());
    for (VerdictQuestion question : QUESTIONS) {
      Path lines = folder.resolve("v.jsonl");
      write(question, ofFiles, lines, VerdictFormat.JSONL);
      for (Inputs inputs : List.of(ofFiles, store(store))) {
        Path target = folder.resolve("v");
        write(question, inputs, target, VerdictFormat.PARQUET);
        assertThat(differences(lines, target)).isZero();
      }
    }
  }

  /** The number of rows that are in only one of the two. */
  private static long differences(Path lines, Path parquet) {
    String ofLines =
        """
        (select trace, seq, outcome, first_miss, all_miss from read_json('%s',
          format = 'newline_delimited', columns = {trace: 'VARCHAR', seq: 'BIGINT',
          outcome: 'VARCHAR', first_miss: 'VARCHAR', all_miss: 'VARCHAR[]'}))
        """
            .formatted(lines);
    String rows =
        "(select trace, seq, outcome, first_miss, all_miss from '%s/*.parquet')".formatted(parquet);
    assertThat(ForeignParquet.count(rows)).isEqualTo(ForeignParquet.count(ofLines)).isPositive();
    return ForeignParquet.count("(%s except all %s)".formatted(ofLines, rows))
        + ForeignParquet.count("(%s except all %s)".formatted(rows, ofLines));
  }

  @Test
  void canBeWrittenWhereTheFoldersNameHasBlanksAndLetters() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a b é 50%20"));
    Inputs inputs = files(recordings.get(0));
    write(QUESTIONS.get(0), inputs, odd.resolve("v.jsonl"), VerdictFormat.JSONL);
    write(QUESTIONS.get(0), inputs, odd.resolve("v"), VerdictFormat.PARQUET);

    assertThat(content(odd)).containsExactlyInAnyOrder("v.jsonl", "v");
    assertThat(content(odd.resolve("v")))
        .containsExactlyInAnyOrder("_sysret-replay", "part-00000.parquet");
    assertThat(content(folder)).containsExactly("a b é 50%20");
  }

  @Test
  void replaceAnEarlierOutputAndNothingElse() throws IOException {
    Path target = folder.resolve("verdicts");
    Inputs two = files(recordings.get(0), recordings.get(1));
    write(QUESTIONS.get(0), two, target, VerdictFormat.PARQUET);
    write(QUESTIONS.get(0), files(recordings.get(0)), target, VerdictFormat.PARQUET);

    assertThat(content(target)).containsExactlyInAnyOrder("_sysret-replay", "part-00000.parquet");
    assertThat(ForeignParquet.count("'%s/*.parquet'".formatted(target)))
        .isEqualTo(expected(QUESTIONS.get(0), recordings.get(0)).size());
    assertThat(content(folder)).containsExactly("verdicts");

    Path users = Files.createDirectory(folder.resolve("photos"));
    assertThatThrownBy(() -> write(QUESTIONS.get(0), two, users, VerdictFormat.PARQUET))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            users
                + ": this is there already, and this program did not write it; name a new folder.");
    assertThat(content(folder)).containsExactlyInAnyOrder("verdicts", "photos");
  }

  @Test
  void areAsTheyWereWhereNoTraceCanBeRead() throws IOException {
    Path cut = folder.resolve("cut.data");
    Path good = Path.of(recordings.get(3).file());
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(good), 100_000));
    TraceInput bad = new TraceInput(cut.toString(), recordings.get(3).format(), "cut", "cut-1");
    Path folderOfBefore = folder.resolve("v");
    Path fileOfBefore = folder.resolve("v.jsonl");
    write(QUESTIONS.get(0), files(recordings.get(0)), folderOfBefore, VerdictFormat.PARQUET);
    write(QUESTIONS.get(0), files(recordings.get(0)), fileOfBefore, VerdictFormat.JSONL);
    byte[] before = Files.readAllBytes(fileOfBefore);

    for (VerdictFormat format : VerdictFormat.values()) {
      Path target = format == VerdictFormat.JSONL ? fileOfBefore : folderOfBefore;
      assertThatThrownBy(() -> write(QUESTIONS.get(0), files(bad), target, format))
          .isInstanceOf(UnreadableException.class)
          .hasMessageStartingWith(cut.toString());
    }

    assertThat(fileOfBefore).hasBinaryContent(before);
    assertThat(differences(fileOfBefore, folderOfBefore)).isZero();
    assertThat(content(folder)).containsExactlyInAnyOrder("cut.data", "v", "v.jsonl");
  }

  private static List<String> content(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(it -> it.getFileName().toString()).toList();
    }
  }
}
