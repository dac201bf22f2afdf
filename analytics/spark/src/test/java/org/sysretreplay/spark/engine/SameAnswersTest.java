package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Fold;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SiteQuestion;
import org.sysretreplay.analytics.choice.SettledAnswer;
import org.sysretreplay.analytics.listing.FilterColumn;
import org.sysretreplay.analytics.listing.FrameFilter;
import org.sysretreplay.analytics.listing.FrameList;
import org.sysretreplay.analytics.listing.FrameList.Listed;
import org.sysretreplay.analytics.listing.ListFormat;
import org.sysretreplay.analytics.listing.ListQuestion;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Reading;

/** Spark's answers against the local engine's. */
class SameAnswersTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  private static final List<String> ALL_MODELS =
      Stream.concat(
              ExitModels.all().stream().map(ExitModel::id),
              Stream.of("seed+signal-delivery-hits+exec-hits", "linux-4.1+irq-check"))
          .toList();

  private static final List<Fold<? extends Serializable>> QUESTIONS =
      List.of(
          new Question(ALL_MODELS, Machine.TRACED, Reading.ASSEMBLED, Questions.COLUMNS),
          new Question(ALL_MODELS, Machine.UNTRACED, Reading.AS_RECORDED, Questions.COLUMNS),
          new Question(ALL_MODELS, Machine.UNTRACED, Reading.ASSEMBLED, List.of()),
          new SiteQuestion(
              new Models(List.of("seed"), Map.of()),
              Machines.of(Machine.TRACED),
              Reading.ASSEMBLED));

  private static final Engine LOCAL = Engine.local(Progress.NONE);

  private static List<TraceInput> traces;
  private static List<String> stores;

  @TempDir private static Path folder;

  @BeforeAll
  static void ingest() throws IOException {
    traces =
        Stream.of(".", "flavours", "synthetic")
            .map(SAMPLES::resolve)
            .flatMap(it -> find(it).stream())
            .toList();
    assertThat(traces).hasSizeGreaterThan(25);
    stores = Stream.of("first", "second").map(it -> folder.resolve(it).toString()).toList();
    LOCAL.ingest(traces.subList(0, 7), stores.get(0), (trace, counts) -> {});
    LOCAL.ingest(traces.subList(7, traces.size()), stores.get(1), (trace, counts) -> {});
  }

  private static List<TraceInput> find(Path source) {
    return TraceInputs.find(List.of(source), Optional.empty(), Optional.empty()).traces();
  }

  /** The list of frames with two causes, from stores and traces. */
  private static String listed(Engine engine, ListFormat format, long most) throws IOException {
    FilterColumn cause =
        FilterColumn.ALL.stream().filter(it -> it.key().equals("cause")).findFirst().orElseThrow();
    FrameFilter filter = FrameFilter.of(Map.of(cause, List.of("fault,execve")));
    Path file = folder.resolve("listed");
    Inputs inputs = new Inputs(traces.subList(9, 11), stores);
    Listed listed =
        SettledAnswer.ask(
                Machines.of(Machine.TRACED),
                machines ->
                    FrameList.write(
                        engine,
                        new ListQuestion(
                            new VerdictQuestion(
                                new Models(List.of("linux-4.4"), Map.of()),
                                machines,
                                Reading.ASSEMBLED),
                            filter,
                            most,
                            format,
                            CsvCells.EXACT),
                        inputs,
                        file,
                        AROUND),
                it -> it.intake().signs())
            .answer();
    assertThat(listed.totals().frames()).isGreaterThan(1_000);
    return Files.readString(file);
  }

  private static final FrameList.HeadAndFoot AROUND =
      new FrameList.HeadAndFoot() {
        @Override
        public String head() {
          return "before\n";
        }

        @Override
        public String foot(Listed listed) {
          return listed.totals() + "\n" + listed.first() + "\n";
        }
      };

  /** Tests for one number of tasks; subclasses name it. */
  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class At {

    private final Engine engine;
    private final int cores;

    At(int cores) {
      this.cores = cores;
      engine =
          new Engine(SparkContexts.start("local[%d]".formatted(cores), Map.of(), Progress.NONE));
    }

    @AfterAll
    void stop() {
      engine.close();
    }

    void assertSame(List<TraceInput> files, List<String> folders) {
      Inputs inputs = new Inputs(files, folders);
      for (Fold<? extends Serializable> question : QUESTIONS) {
        assertThat((Object) engine.answer("test", question, inputs))
            .isEqualTo(LOCAL.answer("test", question, inputs));
      }
    }

    @Test
    void allCoresAreUsed() {
      assertThat(engine.workers().parallelism()).isEqualTo(cores);
    }

    @Test
    void tracesTogetherAnswerTheSame() {
      assertSame(traces.subList(0, 2), List.of());
      assertSame(traces.subList(2, 9), List.of());
      assertSame(traces, List.of());
    }

    @Test
    void storesAnswerTheSameAloneAndBesideTraces() {
      assertSame(List.of(), stores.subList(0, 1));
      assertSame(traces.subList(9, 11), stores);
    }

    @Test
    void framesAreListedAlike() throws IOException {
      for (ListFormat format : List.of(ListFormat.TEXT, ListFormat.JSONL, ListFormat.CSV)) {
        for (long most : new long[] {100, ListQuestion.UNLIMITED}) {
          assertThat(listed(engine, format, most)).isEqualTo(listed(LOCAL, format, most));
        }
      }
    }

    @Test
    void filesThatCannotBeReadWhollyAnswerTheSame() {
      List<TraceInput> damaged =
          find(SAMPLES.resolve("bad")).stream().filter(SameAnswersTest::canBeOpened).toList();

      assertThat(damaged).hasSizeGreaterThan(10);
      assertSame(damaged, List.of());
    }

    @Test
    void parquetFilesOfOtherProgramsAnswerTheSame() throws IOException {
      Path frames = Path.of(stores.get(0)).resolve("frames");
      try (Stream<Path> files = Files.walk(frames)) {
        List<TraceInput> parts =
            files.filter(Files::isRegularFile).flatMap(it -> find(it).stream()).toList();

        assertThat(parts).hasSize(7);
        assertSame(parts, List.of());
      }
    }
  }

  private static boolean canBeOpened(TraceInput trace) {
    try {
      trace.open(Reading.AS_RECORDED).close();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Nested
  class OnOneCore extends At {
    OnOneCore() {
      super(1);
    }
  }

  @Nested
  class OnTwoCores extends At {
    OnTwoCores() {
      super(2);
    }

    @Test
    void everyTraceAloneAnswersTheSame() {
      traces.forEach(it -> assertSame(List.of(it), List.of()));
    }
  }
}
