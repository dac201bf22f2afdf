package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** An engine's answers over files and stores, against a count frame by frame. */
class EngineTest {

  private static List<TraceInput> recordings;

  @TempDir private Path folder;
  private Path store;
  private final Engine engine = engine(2);

  @BeforeAll
  static void findRecordings() throws IOException {
    recordings = SampleTraces.recordings();
  }

  @BeforeEach
  void nameAStore() {
    store = folder.resolve("store");
  }

  private static Engine engine(int processors) {
    return new Engine(new LocalWorkers(processors, Progress.NONE));
  }

  private Inputs stored(TraceInput... traces) {
    return new Inputs(List.of(), List.of(SampleStores.of(store, List.of(traces))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void traceFilesTogetherAnswerAsTheSumOfEach(int processors) {
    Answer<TallyTable> sum = Answers.sum(Questions.BY_EVERYTHING, recordings);
    assertThat(
            engine(processors)
                .answer("t", Questions.BY_EVERYTHING, new Inputs(recordings, List.of())))
        .isEqualTo(sum);
  }

  @Test
  void filesAndStoresAddUp() {
    Inputs both =
        new Inputs(
            recordings.subList(2, 5),
            List.of(
                SampleStores.of(folder.resolve("a"), recordings.subList(0, 1)),
                SampleStores.of(folder.resolve("b"), recordings.subList(1, 2))));
    assertThat(engine.answer("t", Questions.BY_NOTHING, both))
        .isEqualTo(Answers.sum(Questions.BY_NOTHING, recordings.subList(0, 5)));
    TransitionQuestion transitions = Questions.TRANSITIONS.get(0);
    assertThat(engine.answer("t", transitions, both))
        .isEqualTo(Answers.sum(transitions, recordings.subList(0, 5)));
  }

  @Test
  void everyTraceCanHaveAModelOfItsOwn() {
    TraceInput first = recordings.get(0);
    TraceInput second = recordings.get(1);
    Question.Models models =
        new Question.Models(
            List.of("linux-4.1", "linux-6.9"),
            Map.of(first.traceId(), "linux-6.9", second.traceId(), "linux-4.1"));
    Question question =
        new Question(models, Machine.TRACED, Reading.ASSEMBLED, List.of(GroupColumn.ENTRY));

    Answer<TallyTable> ofFiles =
        engine.answer("t", question, new Inputs(List.of(first, second), List.of()));
    Answer<TallyTable> ofStore = engine.answer("t", question, stored(first, second));

    assertThat(ofFiles).isEqualTo(ofStore);
    assertThat(ofFiles.table().tallies().keySet())
        .extracting(group -> group.workload() + " " + group.modelId())
        .containsOnly(first.workload() + " linux-6.9", second.workload() + " linux-4.1");
    assertThat(Report.of(question, ofFiles).rows()).isNotEmpty();
  }

  @Test
  void rejectsOfAStoreAreThoseOfTheFile() throws IOException {
    Path broken = folder.resolve("broken.jsonl");
    Files.writeString(broken, "{\"rip\":1}\n{\"rip\":-1}\n{\"rip\":2}\n[]\n{\"rip\":\"0x\"}\n");
    TraceInput input = SampleTraces.input(broken);

    Answer<TallyTable> ofStore = engine.answer("t", Questions.BY_NOTHING, stored(input));

    assertThat(ofStore).isEqualTo(inStore(TraceReplay.answer(Questions.BY_NOTHING, input)));
    assertThat(ofStore.intake().rejects().entries()).hasSize(3);
  }

  /** The answer of a file without exits, of which the store is the source now. */
  private <T> Answer<T> inStore(Answer<T> ofFile) {
    Intake intake = ofFile.intake();
    return new Answer<>(
        ofFile.table(), Intake.of(store.toString(), intake.counts(), intake.rejects()));
  }

  @Test
  void aStoreKnowsItsWorkloadsWithoutExits() throws IOException {
    TraceInput input =
        SampleTraces.input(Files.writeString(folder.resolve("none.jsonl"), "{\"rip\":1}\n"));
    Inputs none = stored(input);
    for (TransitionQuestion question : Questions.TRANSITIONS) {
      Answer<TransitionTable> answer = engine.answer("t", question, none);
      assertThat(answer).isEqualTo(inStore(TraceReplay.answer(question, input)));
      assertThat(answer.table().byWorkload()).containsOnlyKeys("none");
    }
    Answer<TallyTable> answer = engine.answer("t", Questions.BY_NOTHING, none);
    assertThat(answer).isEqualTo(inStore(TraceReplay.answer(Questions.BY_NOTHING, input)));
    assertThat(answer.table().tallies().keySet()).extracting(Group::workload).containsOnly("none");
  }

  @Test
  void knowsTheKernelOfEveryStoredTrace() {
    Inputs looked = engine.look(stored(recordings.get(0), recordings.get(1)));
    Map<String, RecordedOn> known =
        looked.seen().values().stream()
            .flatMap(it -> it.traces().stream())
            .collect(Collectors.toMap(TraceRow::traceId, StoredTrace::recordedOn));
    assertThat(known).containsOnlyKeys(recordings.get(0).traceId(), recordings.get(1).traceId());
    assertThat(known.values()).containsOnly(new TraceFile(recordings.get(0)).recordedOn());
    assertThat(known.values()).extracting(RecordedOn::release).doesNotContain("");
  }

  /**
   * Files of rows are small, one for each trace; reading them twice would cost as much as the
   * frames.
   */
  @Test
  void whatWasSeenOfAStoreIsNotReadAgain() throws IOException {
    Inputs looked = engine.look(stored(recordings.get(0)));
    Answer<TallyTable> before = engine.answer("t", Questions.BY_NOTHING, looked);
    try (Stream<Path> rows = Files.list(store.resolve("traces"))) {
      for (Path file : rows.toList()) {
        Files.writeString(file, "not looked at");
      }
    }
    assertThat(engine.answer("t", Questions.BY_NOTHING, looked)).isEqualTo(before);
  }

  private void ingest(int frames) throws IOException {
    String frame = "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";
    Path trace = Files.writeString(folder.resolve("a.jsonl"), frame.repeat(frames));
    TraceStore.at(store.toString()).ingest(SampleTraces.input(trace));
  }

  @Test
  void aStoreThatHasChangedSinceItWasSeenIsAskedAsItIsThen() throws IOException {
    ingest(3);
    Inputs looked = engine.look(new Inputs(List.of(), List.of(store.toString())));
    ingest(8);
    assertThat(engine.answer("t", Questions.BY_NOTHING, looked).intake().counts().accepted())
        .isEqualTo(8);
  }

  @Test
  void refusesAStoreWithoutTraces() {
    TraceStore.at(store.toString()).prepare();
    String sentence =
        store + ": there is no trace in this store; ingest one, or wait for what records into it.";
    assertThatThrownBy(
            () ->
                engine.answer(
                    "t", Questions.BY_NOTHING, new Inputs(List.of(), List.of(store.toString()))))
        .isInstanceOf(TraceException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> engine.look(new Inputs(List.of(), List.of(store.toString()))))
        .isInstanceOf(TraceException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void ingestsSideBySideAndTellsInTheOrderOfTheTraces(int processors) {
    List<TraceInput> told = new ArrayList<>();
    List<Counts> counts = new ArrayList<>();

    Counts total =
        engine(processors)
            .ingest(
                recordings,
                store.toString(),
                (trace, each) -> {
                  assertThat(storedTraces()).contains(trace.traceId());
                  told.add(trace);
                  counts.add(each);
                });

    assertThat(told).isEqualTo(recordings);
    assertThat(counts.stream().reduce(Counts.ZERO, Counts::plus)).isEqualTo(total);
    assertThat(
            engine.answer(
                "t", Questions.BY_EVERYTHING, new Inputs(List.of(), List.of(store.toString()))))
        .isEqualTo(Answers.sum(Questions.BY_EVERYTHING, recordings));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void keepsWhatWasIngestedBeforeATraceThatCannotBeRead(int processors) throws IOException {
    TraceInput bad = cutOff();
    List<TraceInput> traces = List.of(recordings.get(0), bad, recordings.get(1), recordings.get(2));
    List<TraceInput> told = new ArrayList<>();

    assertThatThrownBy(
            () ->
                engine(processors)
                    .ingest(traces, store.toString(), (trace, counts) -> told.add(trace)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith(bad.file())
        .hasMessageContaining("the file is cut off");

    assertThat(told).containsExactly(recordings.get(0));
    assertThat(storedTraces()).containsExactly(recordings.get(0).traceId());
    assertThat(filesOf("frames")).isEqualTo(1);
    assertThat(filesOf("rejects")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void goesOnBehindATraceThatCannotBeReadWhereThatIsWanted(int processors) throws IOException {
    TraceInput bad = cutOff();
    List<TraceInput> traces = List.of(recordings.get(0), bad, recordings.get(1));
    List<String> told = new ArrayList<>();

    Counts total =
        engine(processors)
            .ingest(
                traces,
                store.toString(),
                new Engine.Ingesting() {
                  @Override
                  public void done(TraceInput trace, Counts counts) {
                    told.add(trace.traceId());
                  }

                  @Override
                  public void refused(TraceInput trace, String why) {
                    told.add(why);
                  }
                });

    assertThat(told).hasSize(3);
    assertThat(told.get(0)).isEqualTo(recordings.get(0).traceId());
    assertThat(told.get(1)).startsWith(bad.file()).contains(": the file is cut off");
    assertThat(told.get(2)).isEqualTo(recordings.get(1).traceId());
    assertThat(storedTraces()).containsExactlyInAnyOrder(told.get(0), told.get(2));
    assertThat(total)
        .isEqualTo(
            Answers.sum(Questions.BY_NOTHING, List.of(recordings.get(0), recordings.get(1)))
                .intake()
                .counts());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anAnswerTellsWhatWasRefusedAndCountsNothingOfIt(int processors) throws IOException {
    TraceInput bad = cutOff();
    List<TraceInput> traces = List.of(recordings.get(0), bad, recordings.get(1));
    Answer<TallyTable> answer =
        engine(processors).answer("t", Questions.BY_NOTHING, new Inputs(traces, List.of()));
    Answer<TallyTable> others =
        Answers.sum(Questions.BY_NOTHING, List.of(recordings.get(0), recordings.get(1)));

    assertThat(answer.table()).isEqualTo(others.table());
    assertThat(answer.intake().counts()).isEqualTo(others.intake().counts());
    assertThat(answer.intake().refused()).containsOnlyKeys(bad.traceId());
    assertThat(answer.intake().isSound()).isFalse();
    assertThatThrownBy(
            () ->
                engine(processors)
                    .answer("t", Questions.BY_NOTHING, new Inputs(List.of(bad), List.of())))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith(bad.file());
  }

  /** A file that begins like a recording, so that the damage is met only while it is read. */
  private TraceInput cutOff() throws IOException {
    byte[] good = Files.readAllBytes(Path.of(recordings.get(3).file()));
    Path file = folder.resolve("cut.data");
    Files.write(file, Arrays.copyOf(good, 100_000));
    return new TraceInput(file.toString(), recordings.get(3).format(), "cut", "cut.data-1");
  }

  private List<String> storedTraces() {
    return TraceStore.at(store.toString()).read().traces().stream().map(TraceRow::traceId).toList();
  }

  private long filesOf(String table) throws IOException {
    try (Stream<Path> all = Files.walk(store.resolve(table))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private Generation generation(long frames) {
    ProfileLearner learner = new ProfileLearner();
    recordings.subList(0, 3).forEach(learner::add);
    Profile profile = learner.profile();
    return new Generation(profile, "p.json", 1, frames);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void generatesAllTracesAndTellsInTheirOrder(int processors) {
    Generation generation = generation(10_000);
    List<GeneratedTrace> told = new ArrayList<>();

    Counts total =
        engine(processors)
            .generate(generation, store.toString(), (trace, counts) -> told.add(trace));

    assertThat(told).isEqualTo(generation.traces()).hasSize(3);
    assertThat(total.seen()).isEqualTo(10_000);
    assertThat(storedTraces())
        .containsExactlyInAnyOrderElementsOf(told.stream().map(GeneratedTrace::traceId).toList());
    assertThat(
            engine
                .answer("t", Questions.BY_NOTHING, new Inputs(List.of(), List.of(store.toString())))
                .intake()
                .counts())
        .isEqualTo(total);
  }

  @Test
  void generatesNothingWhereOneTraceCannotBeWritten() throws IOException {
    Generation generation = generation(10_000);
    String last = generation.traces().get(2).workload();
    Files.createDirectories(store.resolve("traces"));
    // A file stands where its folder should be.
    Files.createDirectories(store.resolve("frames"));
    Files.createFile(store.resolve("frames/workload=" + last));

    assertThatThrownBy(() -> engine.generate(generation, store.toString(), (trace, counts) -> {}))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(store + ": it cannot be written (");

    assertThat(storedTraces()).isEmpty();
    assertThat(filesOf("frames")).isEqualTo(1);
    assertThat(filesOf("rejects")).isZero();
  }
}
