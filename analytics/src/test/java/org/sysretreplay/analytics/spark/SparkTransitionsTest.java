package org.sysretreplay.analytics.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.analytics.TransitionAnswer;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionReplay;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.SparkSessions;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Transitions by files and by stores, against a count of verdicts frame by frame. */
class SparkTransitionsTest {

  private static final Machine XEN = Machine.UNTRACED.withXenPv(true);

  /** Pairs with new hits, lost hits, other routes, other checks and another order of checks. */
  private static final List<TransitionQuestion> QUESTIONS =
      List.of(
          question("seed", "linux-4.1", Machine.TRACED, Reading.ASSEMBLED),
          question("seed", "seed+signal-delivery-hits", Machine.TRACED, Reading.ASSEMBLED),
          question("seed", "seed+exec-hits", Machine.TRACED, Reading.AS_RECORDED),
          question("linux-4.1", "linux-4.1+irq-check", Machine.UNTRACED, Reading.ASSEMBLED),
          question("linux-3.19", "linux-6.9", Machine.UNTRACED, Reading.AS_RECORDED),
          question("linux-4.16", "linux-5.12", XEN, Reading.ASSEMBLED),
          question("linux-6.9", "fred", Machine.TRACED, Reading.ASSEMBLED));

  private static final List<TransitionQuestion> OF_EACH_READING =
      List.of(QUESTIONS.get(1), QUESTIONS.get(4));

  private static SparkSession spark;
  private static List<TraceInput> inputs;

  @TempDir private static Path folder;

  @BeforeAll
  static void startSpark() throws IOException {
    spark = SparkSessions.get("local[2]");
    // Every part file is to be a partition of its own, however small it is.
    spark.conf().set("spark.sql.files.openCostInBytes", Long.toString(1L << 30));
    // And every sample is to fill several batches.
    spark.conf().set("spark.sql.parquet.columnarReaderBatchSize", "100");
    inputs = inputs().toList();
  }

  static Stream<TraceInput> inputs() throws IOException {
    return SampleTraces.folders().stream()
        .map(sample -> SampleTraces.input(sample.resolve("perf.data")));
  }

  private static TransitionQuestion question(
      String base, String other, Machine machine, Reading reading) {
    return new TransitionQuestion(models(base), models(other), machine, reading);
  }

  private static Models models(String id) {
    return new Models(List.of(id), Map.of());
  }

  private record Key(Outcome base, Outcome other, Optional<Cause> cause) {}

  @ParameterizedTest
  @MethodSource("inputs")
  void countsEveryFrameOnceAsAListOfVerdictsDoes(TraceInput input) {
    for (TransitionQuestion question : QUESTIONS) {
      TransitionAnswer answer = TransitionReplay.answer(question, input);
      Map<Key, Long> counted = new HashMap<>();
      for (Transitions.Change it : answer.table().byWorkload().get(input.workload()).all()) {
        counted.put(new Key(it.base(), it.other(), it.cause()), it.exits());
      }
      assertThat(counted).as("%s", question).isEqualTo(oneByOne(question, input));
    }
  }

  private static Map<Key, Long> oneByOne(TransitionQuestion question, TraceInput input) {
    ExitModel base = ExitModels.byId(question.base().ids().get(0)).orElseThrow();
    ExitModel other = ExitModels.byId(question.other().ids().get(0)).orElseThrow();
    Map<Key, Long> counts = new HashMap<>();
    try (CountingReader reader = input.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          Verdict before = base.judge(frame, question.machine());
          Verdict after = other.judge(frame, question.machine());
          Key key = new Key(before.outcome(), after.outcome(), cause(frame, before, after));
          counts.merge(key, 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  private static Optional<Cause> cause(ExitFrame frame, Verdict before, Verdict after) {
    boolean guest =
        Stream.of(before, after).anyMatch(it -> it.allMisses().contains(MissReason.XEN_PV_GUEST));
    return frame.cause().or(() -> guest ? Optional.of(Cause.XEN_PV_GUEST) : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void eachSideIsWhatAReportUnderThatModelCounts(TraceInput input) {
    for (TransitionQuestion question : QUESTIONS) {
      Transitions transitions =
          TransitionReplay.answer(question, input).table().byWorkload().get(input.workload());
      assertThat(transitions.base()).isEqualTo(reported(question, question.base(), input));
      assertThat(transitions.other()).isEqualTo(reported(question, question.other(), input));
    }
  }

  private static OutcomeCounts reported(
      TransitionQuestion question, Models models, TraceInput input) {
    Question plain = new Question(models, question.machine(), question.reading(), List.of());
    return OutcomeCounts.sum(TraceReplay.answer(plain, input).table().tallies().values());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aStoreAnswersAsTheFileDoesAtAnyNumberOfPartitions(TraceInput input) throws IOException {
    TraceStore store = storeOf(input);
    for (int partitions : new int[] {1, 2, 7}) {
      spread(store, input, partitions);
      assertThat(store.read().frames().rdd().getNumPartitions()).isEqualTo(partitions);
      for (TransitionQuestion question : OF_EACH_READING) {
        assertThat(SparkTransitions.answer(spark, question, List.of(), List.of(store)))
            .as("%s", question)
            .isEqualTo(TransitionReplay.answer(question, input));
      }
    }
  }

  @Test
  void filesAndStoresAddUp() throws IOException {
    TransitionQuestion question = QUESTIONS.get(0);
    TraceStore store = storeOf(inputs.get(0));

    TransitionAnswer both =
        SparkTransitions.answer(spark, question, inputs.subList(1, inputs.size()), List.of(store));

    assertThat(both)
        .isEqualTo(
            inputs.stream()
                .map(input -> TransitionReplay.answer(question, input))
                .reduce(TransitionAnswer.zero(), TransitionAnswer::plus));
  }

  @Test
  void aStoreKnowsItsWorkloadsWithoutExits() throws IOException {
    Path none = Files.writeString(folder.resolve("none.jsonl"), "{\"rip\":1}\n");
    TraceInput input = SampleTraces.input(none);
    TransitionAnswer answer =
        SparkTransitions.answer(spark, QUESTIONS.get(0), List.of(), List.of(storeOf(input)));
    assertThat(answer).isEqualTo(TransitionReplay.answer(QUESTIONS.get(0), input));
    assertThat(answer.table().byWorkload()).containsOnlyKeys("none");
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
