package org.sysretreplay.analytics.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.listing.FrameList.Listed;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Lists of frames are the same from files and from stores, have one order, and keep their limit.
 */
class FrameListTest {

  private static final FrameList.HeadAndFoot NOTHING =
      new FrameList.HeadAndFoot() {
        @Override
        public String head() {
          return "";
        }

        @Override
        public String foot(Listed listed) {
          return "";
        }
      };

  private static List<TraceInput> traces;

  @TempDir private static Path stores;
  private static String store;

  @TempDir private Path folder;

  @BeforeAll
  static void ingest() throws IOException {
    traces = SampleTraces.recordingsAndOldKernels();
    store = SampleStores.of(stores.resolve("s"), traces);
    TraceInput large = SampleTraces.recording("timer-signals");
    SampleStores.split(store, large, 3, 100);
  }

  private static ListQuestion question(
      FrameFilter filter, Reading reading, long most, ListFormat format) {
    return new ListQuestion(
        new VerdictQuestion("linux-6.9", Machine.TRACED, reading),
        filter,
        most,
        format,
        CsvCells.EXACT);
  }

  private Listed list(int processors, ListQuestion question, Inputs inputs, Path to) {
    try (Engine engine = new Engine(new LocalWorkers(processors, Progress.NONE))) {
      return FrameList.write(engine, question, inputs, to, NOTHING);
    }
  }

  private String listed(ListQuestion question, Inputs inputs) throws IOException {
    Path file = folder.resolve("listed");
    list(2, question, inputs, file);
    return Files.readString(file);
  }

  private static Inputs files() {
    return new Inputs(traces, List.of());
  }

  private static Inputs ofStore() {
    return new Inputs(List.of(), List.of(store));
  }

  @ParameterizedTest
  @EnumSource(
      value = ListFormat.class,
      names = {"TEXT", "JSONL", "CSV"})
  void aFrameOfAStoreAndOfItsFileGiveTheSameLine(ListFormat format) throws IOException {
    for (Reading reading : Reading.values()) {
      ListQuestion question = question(FrameFilter.ALL, reading, ListQuestion.UNLIMITED, format);
      assertThat(listed(question, ofStore())).isEqualTo(listed(question, files())).isNotEmpty();
    }
  }

  @Test
  void framesStandByWorkloadAndTraceInTheOrderOfTime() throws IOException {
    List<String> expected = new ArrayList<>();
    traces.stream()
        .sorted(
            (left, right) ->
                (left.workload() + "/" + left.traceId())
                    .compareTo(right.workload() + "/" + right.traceId()))
        .forEach(
            it ->
                SampleStores.frames(it).stream()
                    .filter(frame -> !frame.assembly().stage().key().equals("in_kernel"))
                    .forEach(frame -> expected.add(it.traceId() + ":" + frame.seq())));
    ListQuestion question =
        question(FrameFilter.ALL, Reading.ASSEMBLED, ListQuestion.UNLIMITED, ListFormat.CSV);
    List<String> names =
        listed(question, ofStore()).lines().skip(1).map(it -> it.split(",", 2)[0]).toList();
    assertThat(names).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 1_866, 12_345})
  void aLimitTakesTheFirstOnesAndTellsHowManyThereAre(long most) throws IOException {
    FrameFilter filter =
        FrameFilter.of(Map.of(FilterColumn.ofKey("cause"), List.of("fault,signal_delivery,-")));
    List<String> all =
        listed(
                question(filter, Reading.ASSEMBLED, ListQuestion.UNLIMITED, ListFormat.JSONL),
                files())
            .lines()
            .toList();
    for (Inputs inputs : List.of(files(), ofStore())) {
      for (int processors : new int[] {1, 7}) {
        Path file = folder.resolve("first");
        Listed listed =
            list(
                processors,
                question(filter, Reading.ASSEMBLED, most, ListFormat.JSONL),
                inputs,
                file);
        assertThat(Files.readAllLines(file))
            .isEqualTo(all.subList(0, (int) Math.min(most, all.size())));
        assertThat(listed.totals().frames()).isEqualTo(all.size());
        assertThat(listed.totals().exits()).isEqualTo(all.size());
        assertThat(listed.totals().shown()).isEqualTo(Math.min(most, all.size()));
        assertThat(listed.first().isPresent()).isEqualTo(most > 0);
      }
    }
  }

  /**
   * A store has system calls and interrupted code in different row groups, yet the list is in order
   * of time.
   */
  @Test
  void rowGroupsThatOverlapAreListedInTheOrderOfTheTrace() throws IOException {
    Path file = folder.resolve("mixed.jsonl");
    String line =
        "{\"tid\":%d,\"entry\":\"%s\",\"rip\":%d,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}";
    Files.write(
        file,
        IntStream.range(0, 30_000)
            .mapToObj(
                it -> line.formatted(it % 7, it % 3 == 0 ? "exception" : "syscall", 1 + it % 2))
            .toList());
    TraceInput mixed = SampleTraces.input(file);
    Inputs stored =
        new Inputs(List.of(), List.of(SampleStores.of(folder.resolve("m"), List.of(mixed))));
    for (long most : new long[] {3, 9_000, ListQuestion.UNLIMITED}) {
      ListQuestion question = question(FrameFilter.ALL, Reading.ASSEMBLED, most, ListFormat.CSV);
      assertThat(listed(question, stored))
          .isEqualTo(listed(question, new Inputs(List.of(mixed), List.of())))
          .hasLineCount((int) Math.min(most, 30_000) + 1);
    }
  }

  /** Against DuckDB over the same store, which shares no code with the filters. */
  @Test
  void duckDbFindsAsManyFrames() throws IOException {
    Map<String, List<String>> asked =
        Map.of(
            "cause in ('fault', 'execve')", List.of("cause=fault,execve"),
            "cause is null and entry = 'fork'", List.of("cause=-", "entry=fork"),
            "nr in (0, 1) and entry <> 'compat'", List.of("syscall=read,write"),
            "nr in (0, 1)", List.of("syscall=0,1"),
            "comm = 'storm' and cpu = 0", List.of("comm=storm", "cpu=0"),
            "stage = 'amended' and tid is not null", List.of("stage=AMENDED"),
            "ts_ns // 1000000000 = 1142", List.of("second=1142"),
            "workload = 'rseq'", List.of("of-workload=rseq"),
            "event like '%page_fault_user'", List.of("event=exceptions:page_fault_user"),
            "event = 'raw_syscalls:sys_exit'", List.of("event=sys_exit"));
    String frames = "read_parquet('%s/frames/**/*.parquet', hive_partitioning = true)";
    for (Map.Entry<String, List<String>> each : asked.entrySet()) {
      Map<FilterColumn, List<String>> values = new HashMap<>();
      each.getValue()
          .forEach(
              it -> values.put(FilterColumn.ofKey(it.split("=")[0]), List.of(it.split("=", 2)[1])));
      Listed listed =
          list(
              2,
              question(FrameFilter.of(values), Reading.ASSEMBLED, 5, ListFormat.CSV),
              ofStore(),
              folder.resolve("some.csv"));
      assertThat(listed.totals().frames())
          .as(each.getKey())
          .isEqualTo(
              ForeignParquet.count(
                  "(select * from %s where stage <> 'in_kernel' and %s)"
                      .formatted(frames.formatted(store), each.getKey())))
          .isPositive();
    }
  }

  @Test
  void parquetAndCsvHoldWhatJsonLinesHold() throws IOException {
    Path lines = folder.resolve("a.jsonl");
    Path csv = folder.resolve("a.csv");
    Path rows = folder.resolve("rows");
    list(2, question(FrameFilter.ALL, Reading.ASSEMBLED, 9_000, ListFormat.JSONL), files(), lines);
    list(2, question(FrameFilter.ALL, Reading.ASSEMBLED, 9_000, ListFormat.CSV), files(), csv);
    list(2, question(FrameFilter.ALL, Reading.ASSEMBLED, 9_000, ListFormat.PARQUET), files(), rows);
    String parquet = "read_parquet('%s/*.parquet')".formatted(rows);
    String texts =
        "frame, workload, trace, seq, ts_ns, tid, comm, entry, nr, syscall_name, path, stage,"
            + " cause, count, model, outcome, first_miss";
    assertThat(ForeignParquet.count(parquet)).isEqualTo(9_000);
    String json =
        "read_json('%s', format = 'newline_delimited', sample_size = -1)".formatted(lines);
    String table = "read_csv('%s', header = true, sample_size = -1)".formatted(csv);
    for (String other : List.of(json, table)) {
      assertThat(
              ForeignParquet.count(
                  "(select %s from %s except all select %s from %s)"
                      .formatted(texts, parquet, texts, other)))
          .as(other)
          .isZero();
    }
    String both =
        "%s a join %s b using (frame) where len(a.all_miss) = len(b.all_miss)"
                .formatted(parquet, json)
            + " and printf('0x%x', a.cs) = b.cs and printf('0x%x', a.ss) = b.ss";
    assertThat(ForeignParquet.count("(select * from " + both + ")")).isEqualTo(9_000);
  }

  /** Two workloads may have traces of one id; a frame's name then has the workload, too. */
  @Test
  void aFrameIsNamedSoThatNoOtherIsMeant() throws IOException {
    TraceInput one = traces.get(0);
    TraceInput twin =
        new TraceInput(one.file(), one.path(), one.format(), "twin", one.traceId(), one.bounds());
    String lines =
        listed(
            question(FrameFilter.ALL, Reading.ASSEMBLED, ListQuestion.UNLIMITED, ListFormat.CSV),
            new Inputs(List.of(one, twin), List.of()));
    assertThat(lines)
        .contains("\n" + one.workload() + "/" + one.traceId() + ":7,")
        .contains("\ntwin/" + one.traceId() + ":7,");
  }

  @Test
  void aTextThatNoFrameHasIsTold() throws IOException {
    FrameFilter filter = FrameFilter.of(Map.of(FilterColumn.ofKey("comm"), List.of("strom,storm")));
    Listed listed =
        list(
            1,
            question(filter, Reading.ASSEMBLED, 1, ListFormat.JSONL),
            new Inputs(List.of(SampleTraces.recording("timer-signals")), List.of()),
            folder.resolve("some.jsonl"));
    assertThat(listed.unseen().stream().map(it -> it.onCommandLine()))
        .containsExactly("--comm strom: no frame has that; perhaps storm.");
    assertThat(listed.first())
        .isEqualTo(Optional.of(SampleTraces.recording("timer-signals").traceId() + ":0"));
  }
}
