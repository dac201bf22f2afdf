package org.sysretreplay.ingest.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.spark.StoreSnapshot.RejectCount;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

class TraceStoreTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  private static final String GOOD =
      """
      {"ts_ns":7,"cpu":1,"pid":2,"tid":3,"comm":"x y","entry":"syscall","event":"e","nr":39,"ret":-2,\
      "rip":"0x10","rcx":"0xffffffffffffffff","r11":"0x1","rflags":"0x2","cs":"0x33","ss":"0x2b",\
      "rsp":18446744073709551615,"rax":"0x0"}
      {"rip":1,"rcx":1,"r11":1,"rflags":1,"cs":51,"ss":43}
      """;

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark = SparkSessions.get("local[2]");
  }

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> folders = Files.list(SAMPLES)) {
      return folders
          .map(it -> it.resolve("perf.data"))
          .filter(Files::exists)
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void holdsEveryFrameOfTheTraceFieldByField(Path sample) {
    TraceStore store = store();
    TraceInput input = input(sample, "w");

    Counts counts = store.ingest(input);

    List<Row> expected = new ArrayList<>();
    try (CountingReader reader = input.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          expected.add(FrameRow.of(accepted.frame()));
        } else if (next instanceof InKernel interrupt) {
          expected.add(FrameRow.of(interrupt.frame()));
        }
      }
      assertThat(counts).isEqualTo(reader.counts());
    }
    Dataset<Row> stored = store.read().frames().drop("workload", "trace").orderBy("seq");
    assertThat(stored.collectAsList()).isEqualTo(expected);
    assertThat(store.read().counts(Reading.ASSEMBLED)).isEqualTo(counts);
  }

  @Test
  void laysOutFoldersByWorkloadAndTrace() throws IOException {
    Path trace = write("a.jsonl", GOOD);
    TraceInput input = input(trace, "one/two = 3%");

    store().ingest(input);

    Path frames =
        folder.resolve("store/frames/workload=one%2Ftwo %3D 3%25/trace=" + input.traceId());
    try (Stream<Path> files = Files.list(frames)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .anyMatch(name -> name.matches("part-.*\\.parquet"));
    }
    Row first = store().read().frames().orderBy("seq").collectAsList().get(0);
    assertThat(first.<String>getAs("workload")).isEqualTo("one/two = 3%");
    assertThat(first.<String>getAs("trace")).isEqualTo(input.traceId());
  }

  @Test
  void keepsWhatTheTraceDoesNotHaveAsNull() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));

    List<Row> rows =
        store().read().frames().drop("workload", "trace").orderBy("seq").collectAsList();

    assertThat(rows.get(0).toString())
        .isEqualTo(
            "[0,7,1,2,3,x y,syscall,e,39,-2,16,-1,1,2,51,43,-1,0,syscall_no_work,final,unknown"
                + ",null".repeat(10)
                + ",2013265968]");
    assertThat(rows.get(1).toString())
        .isEqualTo(
            "[1,null,null,null,null,null,syscall,null,null,null,1,1,1,1,51,43,null,null"
                + ",syscall_no_work,final,null"
                + ",null".repeat(10)
                + ",312]");
  }

  @Test
  void keepsWhatAnEventCarriedBesideWhatBecameOfIt() {
    store().ingest(input(SAMPLES.resolve("timer-signals/perf.data"), "w"));

    Dataset<Row> amended = store().read().frames().where("cause = 'signal_delivery'");

    assertThat(amended.count()).isEqualTo(500);
    assertThat(amended.where("stage = 'amended' and recorded_rip <> rip").count()).isEqualTo(500);
    assertThat(amended.where("recorded_rcx = rcx and recorded_r11 = r11").count()).isEqualTo(500);
    assertThat(amended.where("recorded_entry = entry and rsp is null and rax = 0").count())
        .isEqualTo(500);
    assertThat(amended.where("path = 'syscall_exit_work'").select("recorded_path").distinct())
        .extracting(rows -> rows.collectAsList().toString())
        .isEqualTo("[[syscall_no_work]]");
  }

  @Test
  void interruptsOfTheKernelAreRowsButNotAmongTheAccepted() {
    store().ingest(input(SAMPLES.resolve("timer-signals/perf.data"), "w"));
    StoreSnapshot snapshot = store().read();

    assertThat(snapshot.frames().where("stage = 'in_kernel'").count()).isEqualTo(13);
    assertThat(snapshot.counts(Reading.ASSEMBLED)).isEqualTo(new Counts(3831, 1866, 0, 1965, 0));
    assertThat(snapshot.counts(Reading.AS_RECORDED)).isEqualTo(new Counts(3831, 1879, 0, 1952, 0));
    assertThat(snapshot.frames().count()).isEqualTo(1879);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026", "true", "1.5", "null"})
  void takesAnyWorkloadForAName(String workload) throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), workload));

    assertThat(store().read().workloads()).containsExactly(workload);
    assertThat(store().read().frames().select("workload").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(workload);
  }

  @Test
  void ingestingTheSameFileAgainReplacesIt() throws IOException {
    Path trace = write("a.jsonl", GOOD + "{\n");
    store().ingest(input(trace, "w"));
    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(new Counts(3, 2, 1, 0, 0));

    write("a.jsonl", GOOD.lines().findFirst().orElseThrow() + "\n");
    store().ingest(input(trace, "w"));

    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(new Counts(1, 1, 0, 0, 0));
    assertThat(store().read().frames().count()).isEqualTo(1);
    assertThat(store().read().rejects().count()).isZero();
  }

  @Test
  void ingestingTheSameFileUnderAnotherWorkloadMovesIt() throws IOException {
    Path trace = write("a.jsonl", GOOD + "{\n");
    store().ingest(input(trace, "w"));

    store().ingest(input(trace, "other"));

    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(new Counts(3, 2, 1, 0, 0));
    assertThat(store().read().workloads()).containsExactly("other");
    assertThat(store().read().rejects().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "é", "run[1]", "{x,y}", "st*re?", "50%20"})
  void anyFolderCanBeAStore(String name) throws IOException {
    TraceStore store = TraceStore.at(spark, folder.resolve(name));
    store.prepare();
    store.ingest(input(write("a.jsonl", GOOD), "w"));

    assertThat(store.read().frames().count()).isEqualTo(2);
    assertThat(folder.resolve(name).resolve("frames")).isDirectory();
  }

  @Test
  void aTraceWhoseFramesAreGoneIsAnErrorAndNotASmallerStore() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "w");
    store().ingest(input);
    Path frames = folder.resolve("store/frames/workload=w/trace=" + input.traceId());
    deleteAll(frames);

    assertThatThrownBy(() -> store().read().frames())
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith(": the frames of this trace are gone; ingest the trace again.");
  }

  @Test
  void filesOfOneNameInTwoFoldersAreTwoTraces() throws IOException {
    store().ingest(input(write("x/a.jsonl", GOOD), "w"));
    store().ingest(input(write("y/a.jsonl", GOOD), "w"));

    assertThat(store().read().frames().count()).isEqualTo(4);
  }

  @Test
  void keepsARowForEveryReject() throws IOException {
    Path trace =
        write("a.jsonl", "{\"rip\":\"0x11112222333344445\"}\n" + GOOD + "{\"rip\":1}\n[]\n");

    store().ingest(input(trace, "w"));

    assertThat(store().read().rejectCounts())
        .extracting(RejectCount::count, it -> it.first().sentence())
        .containsExactlyInAnyOrder(
            tuple(
                1L,
                trace
                    + ":1: register rip has 17 hexadecimal digits (0x11112222333344445); write"
                    + " registers as 0x and at most 16 hexadecimal digits."),
            tuple(
                1L,
                trace
                    + ":4: no rcx, r11, rflags, cs, ss; give rip, rcx, r11, rflags, cs and ss on"
                    + " every line or in every row."),
            tuple(
                1L,
                trace + ":5: the line is not a JSON object; write one JSON object on each line."));
    Row row = store().read().rejects().orderBy("position").collectAsList().get(0);
    assertThat(row.<String>getAs("reason")).isEqualTo(RejectReason.MALFORMED_REGISTER.name());
    assertThat(row.<String>getAs("unit")).isEqualTo("line");
    assertThat(row.<String>getAs("excerpt")).startsWith("{\"rip\":");
  }

  @Test
  void aTraceWithoutAnyFrameIsInTheStoreToo() throws IOException {
    store().ingest(input(write("a.jsonl", "{\n"), "w"));

    assertThat(store().read().workloads()).containsExactly("w");
    assertThat(store().read().frames().count()).isZero();
  }

  @Test
  void aTraceThatCannotBeReadLeavesTheStoreAsItWas() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));
    List<Path> before = tree();
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("shell/perf.data"));
    Path cut = Files.write(folder.resolve("cut.data"), Arrays.copyOf(whole, 100_000));
    TraceInput input = new TraceInput(cut.toString(), TraceFormat.PERF_DATA, "w", "cut");

    assertThatThrownBy(() -> store().ingest(input))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(cut + " @ byte 0x186a0: the file is cut off");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void onlyATraceWithItsRowIsInTheStore() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "w");
    store().ingest(input);
    deleteAll(folder.resolve("store/traces/workload=w/trace=" + input.traceId()));

    assertThat(store().read().frames().count()).isZero();
    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(Counts.ZERO);
  }

  @Test
  void leavesNothingAsideWhenItIsDone() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));

    assertThat(folder.resolve("store/_staging")).doesNotExist();
  }

  @Test
  void aFolderWithOtherThingsIsNoStore() throws IOException {
    Path other = write("other/letter.txt", "dear").getParent();

    assertThatThrownBy(() -> TraceStore.at(spark, other).prepare())
        .isInstanceOf(OutputException.class)
        .hasMessage(
            other + ": this is no store, and it is not empty; name a new or an empty" + " folder.");
  }

  @Test
  void aFolderThatCannotBeMadeIsAnOutputError() throws IOException {
    Path file = write("file", "x");

    assertThatThrownBy(() -> TraceStore.at(spark, file.resolve("store")).prepare())
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("it cannot be written");
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private TraceStore store() {
    TraceStore store = TraceStore.at(spark, folder.resolve("store"));
    store.prepare();
    return store;
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static TraceInput input(Path file, String workload) {
    return TraceInputs.find(
            List.of(file),
            Optional.of(workload),
            Optional.of(TraceFormat.of(file).orElse(TraceFormat.JSONL)))
        .traces()
        .get(0);
  }

  private List<Path> tree() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
      return files.sorted().toList();
    }
  }
}
