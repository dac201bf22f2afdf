package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Transitions between two models, over files and stores, against a count frame by frame. */
class TransitionEngineTest {

  private final Engine engine = new Engine(new LocalWorkers(2, Progress.NONE));

  @TempDir private Path folder;

  static List<TraceInput> recordings() throws IOException {
    return SampleTraces.recordings();
  }

  private record Key(Outcome base, Outcome other, Optional<Cause> cause) {}

  @ParameterizedTest
  @MethodSource("recordings")
  void countsEveryFrameOnceAsAListOfVerdictsDoes(TraceInput recording) {
    Inputs ofFile = new Inputs(List.of(recording), List.of());
    Inputs ofStore = new Inputs(List.of(), List.of(SampleStores.of(folder, List.of(recording))));
    for (TransitionQuestion question : Questions.TRANSITIONS) {
      Map<Key, Long> expected = oneByOne(question, recording);
      for (Inputs inputs : List.of(ofFile, ofStore)) {
        TransitionTable table = engine.answer("t", question, inputs).table();
        Map<Key, Long> counted = new HashMap<>();
        for (Transitions.Change it : table.byWorkload().get(recording.workload()).all()) {
          counted.put(new Key(it.base(), it.other(), it.cause()), it.exits());
        }
        assertThat(counted).as("%s of %s", question, inputs).isEqualTo(expected);
      }
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
  @MethodSource("recordings")
  void eachSideIsWhatAReportUnderThatModelCounts(TraceInput recording) {
    Inputs inputs = new Inputs(List.of(recording), List.of());
    for (TransitionQuestion question : Questions.TRANSITIONS) {
      Transitions transitions =
          engine.answer("t", question, inputs).table().byWorkload().get(recording.workload());
      assertThat(transitions.base()).isEqualTo(reported(question, question.base(), inputs));
      assertThat(transitions.other()).isEqualTo(reported(question, question.other(), inputs));
    }
  }

  private OutcomeCounts reported(TransitionQuestion question, Models models, Inputs inputs) {
    Question plain = new Question(models, question.machine(), question.reading(), List.of());
    return OutcomeCounts.sum(engine.answer("t", plain, inputs).table().tallies().values());
  }
}
