package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FaultyFileSystem;
import org.sysretreplay.ingest.files.FaultyFileSystem.Fault;
import org.sysretreplay.ingest.files.FaultyFileSystem.Harm;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameScan;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder;
import org.sysretreplay.ingest.perfdata.SampledEvent;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
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

  @TempDir private Path folder;

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

    List<List<Object>> expected = new ArrayList<>();
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
    assertThat(stored().frames()).isEqualTo(expected);
    assertThat(store.read().counts(Reading.ASSEMBLED)).isEqualTo(counts);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void holdsEveryMapOfTheTrace(Path sample) {
    TraceInput input = input(sample, "w");

    store().ingest(input);

    ExecutableMaps expected;
    try (CountingReader reader = input.open(Reading.ASSEMBLED)) {
      reader.forEachRemaining(it -> {});
      expected = reader.maps();
    }
    StoreSnapshot snapshot = store().read();
    assertThat(snapshot.maps(snapshot.traces().get(0))).isEqualTo(expected);
    List<List<Object>> rows = new ArrayList<>();
    for (ExecutableMap map : expected.maps()) {
      rows.add(Arrays.stream(MapColumn.values()).map(it -> it.of(map)).toList());
    }
    assertThat(stored().select("select * exclude (workload, trace) from maps()"))
        .containsExactlyInAnyOrderElementsOf(rows)
        .isNotEmpty();
  }

  @Test
  void theDocumentNamesTheColumnsOfMaps() throws IOException {
    String document = Files.readString(SAMPLES.resolveSibling("ingest/FORMATS.md"));
    StringBuilder rows =
        new StringBuilder("| column of `maps` | type | what it is |\n|---|---|---|\n");
    for (MapColumn it : MapColumn.values()) {
      String type = (it.isNumber() ? "bigint" : "string") + (it.isAlwaysThere() ? "" : ", null");
      rows.append("| `%s` | %s | %s |\n".formatted(it.key(), type, it.sentence()));
    }
    assertThat(document).contains(rows + "\n");
  }

  /** Stores of earlier versions, whose rows name no maps, are read in the same way. */
  @Test
  void aTraceThatTellsOfNoMapsHasNoFileOfThem() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));

    StoreSnapshot snapshot = store().read();
    TraceRow row = snapshot.traces().get(0);
    assertThat(row.parts()).extracting(PartFile::table).doesNotContain(StoreTable.MAPS);
    assertThat(snapshot.maps(row)).isEqualTo(ExecutableMaps.NONE);
    assertThat(folder.resolve("store/maps")).isEmptyDirectory();
  }

  @Test
  void missingMapsAreAnErrorOnceTheyAreAskedFor() throws IOException {
    store().ingest(input(SAMPLES.resolve("vsyscall/perf.data"), "w"));
    deleteAll(folder.resolve("store/maps/workload=w"));

    StoreSnapshot snapshot = store().read();
    assertThatThrownBy(() -> snapshot.maps(snapshot.traces().get(0)))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(folder.resolve("store/maps/workload=w/trace=").toString())
        .hasMessageEndingWith(".parquet: the maps of this trace are gone; ingest the trace again.");
  }

  @Test
  void theFileSaysHowManyMapsAreLeftOut() throws IOException {
    SampledEvent event = SampledEvent.of("raw_syscalls:sys_exit", 441, 7L);
    PerfDataBuilder recording = new PerfDataBuilder().event(event);
    recording.code(event, 5, 0x1000, "/" + "x".repeat(ExecutableMaps.LONGEST_PATH), 1);
    store().ingest(input(recording.writeTo(folder.resolve("a.perf.data")), "w"));

    StoreSnapshot snapshot = store().read();
    assertThat(snapshot.maps(snapshot.traces().get(0))).isEqualTo(new ExecutableMaps(List.of(), 1));
  }

  /** Enough that several threads read them. */
  @Test
  void knowsAllOfManyTraces() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      TraceInput input = input(write("host-" + i + ".jsonl", GOOD), "w");
      store().ingest(input);
      ids.add(input.traceId());
    }
    assertThat(store().read().traces())
        .extracting(TraceRow::traceId)
        .containsExactlyElementsOf(ids.stream().sorted().toList());

    Path rows = folder.resolve("store/traces/rows-" + ids.get(77) + ".parquet");
    byte[] bytes = Files.readAllBytes(rows);
    bytes[bytes.length / 2]++;
    Files.write(rows, bytes);
    assertThatThrownBy(() -> store().read())
        .isInstanceOf(TraceException.class)
        .hasMessageContaining(rows.toString());
  }

  @Test
  void laysOutFoldersByWorkloadAndTrace() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "one/two = 3%");

    store().ingest(input);

    Path store = folder.resolve("store");
    String trace = "workload=one%2Ftwo %3D 3%25/trace=" + input.traceId();
    for (String table : List.of("frames/", "rejects/")) {
      assertThat(names(store.resolve(table + trace)))
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches("part-00000-[0-9a-f]{8}-[0-9a-f]{4}\\.parquet");
    }
    assertThat(names(store.resolve("traces")))
        .containsExactly("rows-" + input.traceId() + ".parquet");
    assertThat(stored().select("select distinct workload, trace from frames()"))
        .containsExactly(List.of("one/two = 3%", input.traceId()));
  }

  @Test
  void keepsWhatTheTraceDoesNotHaveAsNull() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));

    List<List<Object>> rows = stored().frames();

    assertThat(rows.get(0).toString())
        .isEqualTo(
            "[0, 7, 1, 2, 3, x y, syscall, e, 39, -2, 16, -1, 1, 2, 51, 43, -1, 0"
                + ", syscall_no_work, final, unknown"
                + ", null".repeat(10)
                + ", 1, 2013265968]");
    assertThat(rows.get(1).toString())
        .isEqualTo(
            "[1, null, null, null, null, null, syscall, null, null, null, 1, 1, 1, 1, 51, 43, null"
                + ", null, syscall_no_work, final, null"
                + ", null".repeat(10)
                + ", 1, 312]");
  }

  @Test
  void keepsTheRecordedRegistersBesideTheReturnedOnes() {
    store().ingest(input(SAMPLES.resolve("timer-signals/perf.data"), "w"));

    StoredRows rows = stored();
    String amended = "frames() where cause = 'signal_delivery'";
    assertThat(rows.count(amended)).isEqualTo(500);
    assertThat(rows.count(amended + " and stage = 'amended' and recorded_rip <> rip"))
        .isEqualTo(500);
    assertThat(rows.count(amended + " and recorded_rcx = rcx and recorded_r11 = r11"))
        .isEqualTo(500);
    assertThat(rows.count(amended + " and recorded_entry = entry and rsp is null and rax = 0"))
        .isEqualTo(500);
    assertThat(
            rows.only(
                "select distinct recorded_path from "
                    + amended
                    + " and path = 'syscall_exit_work' and nr <> 56"))
        .containsExactly("syscall_no_work");
  }

  @Test
  void interruptsOfTheKernelAreRowsButNotAmongTheAccepted() {
    store().ingest(input(SAMPLES.resolve("timer-signals/perf.data"), "w"));
    StoreSnapshot snapshot = store().read();

    assertThat(stored().count("frames() where stage = 'in_kernel'")).isEqualTo(13);
    assertThat(snapshot.counts(Reading.ASSEMBLED)).isEqualTo(new Counts(3831, 1866, 0, 1965, 0));
    assertThat(snapshot.counts(Reading.AS_RECORDED)).isEqualTo(new Counts(3831, 1879, 0, 1952, 0));
    assertThat(stored().count("frames()")).isEqualTo(1879);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026", "true", "1.5", "null"})
  void takesAnyWorkloadForAName(String workload) throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), workload));

    assertThat(store().read().workloads()).containsExactly(workload);
    assertThat(stored().only("select workload from traces()")).containsExactly(workload);
    // DuckDB reads the folder name null as no value.
    assertThat(stored().only("select distinct coalesce(workload, 'null') from frames()"))
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
    assertThat(stored().count("frames()")).isEqualTo(1);
    assertThat(stored().count("rejects()")).isZero();
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void ingestingTheSameFileUnderAnotherWorkloadMovesIt() throws IOException {
    Path trace = write("a.jsonl", GOOD + "{\n");
    store().ingest(input(trace, "w"));

    store().ingest(input(trace, "other"));

    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(new Counts(3, 2, 1, 0, 0));
    assertThat(store().read().workloads()).containsExactly("other");
    assertThat(stored().select("select distinct workload from rejects()"))
        .containsExactly(List.of("other"));
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "é", "run[1]", "{x,y}", "st*re?", "50%20"})
  void anyFolderCanBeAStore(String name) throws IOException {
    TraceStore store = TraceStore.at(folder.resolve(name).toString());
    store.prepare();
    store.ingest(input(write("a.jsonl", GOOD), "w"));

    assertThat(store.read().counts(Reading.ASSEMBLED).accepted()).isEqualTo(2);
    StoredFiles.assertAsPromised(folder.resolve(name));
  }

  @Test
  void aTraceWhoseFramesAreGoneIsAnErrorAndNotASmallerStore() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));
    deleteAll(folder.resolve("store/frames/workload=w"));

    StoreSnapshot snapshot = store().read();

    assertThat(snapshot.counts(Reading.ASSEMBLED)).isEqualTo(new Counts(2, 2, 0, 0, 0));
    assertThatThrownBy(() -> snapshot.parts(Long.MAX_VALUE))
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith(
            ".parquet: the frames of this trace are gone; ingest the trace again.");
  }

  @Test
  void aPartThatIsAnotherFileIsRefused() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "w");
    store().ingest(input);
    TraceRow row = store().read().traces().get(0);
    PartFile part = row.parts(StoreTable.FRAMES).get(0);
    Path file = folder.resolve("store").resolve(row.path(part));
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> store().read().parts(Long.MAX_VALUE))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "%s: it has %,d bytes, and the trace's row says %,d; ingest the trace again."
                .formatted(file, part.sizeBytes() + 1, part.sizeBytes()));
  }

  @Test
  void aRowThatCannotBeReadIsAnErrorAndNotASmallerStore() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));
    Path row = onlyRow();
    Files.delete(row);
    Files.createDirectory(row);

    assertThatThrownBy(() -> store().read())
        .isInstanceOf(TraceException.class)
        .hasMessageContaining(row.toString())
        .hasMessageEndingWith("; \"sysret-replay verify STORE\" tells what is wrong.");
  }

  @Test
  void aDamagedRowIsReplacedWhenItsTraceIsIngestedAgain() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "w");
    store().ingest(input);
    Files.writeString(onlyRow(), "damage");
    assertThatThrownBy(() -> store().read())
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("holds no rows of traces");

    store().ingest(input);

    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(new Counts(2, 2, 0, 0, 0));
  }

  private Path onlyRow() throws IOException {
    try (Stream<Path> rows = Files.list(folder.resolve("store/traces"))) {
      return rows.findFirst().orElseThrow();
    }
  }

  @Test
  void aTraceWhoseRejectsAreGoneIsAnErrorToo() throws IOException {
    store().ingest(input(write("a.jsonl", "{\n"), "w"));
    deleteAll(folder.resolve("store/rejects/workload=w"));

    assertThatThrownBy(() -> rejects())
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(
            folder.resolve("store/rejects/workload=w/trace=a.jsonl-").toString())
        .hasMessageEndingWith(
            ".parquet: the rejects of this trace are gone; ingest the trace again.");
  }

  @Test
  void filesOfOneNameInTwoFoldersAreTwoTraces() throws IOException {
    store().ingest(input(write("x/a.jsonl", GOOD), "w"));
    store().ingest(input(write("y/a.jsonl", GOOD), "w"));

    assertThat(stored().count("frames()")).isEqualTo(4);
    assertThat(stored().count("traces()")).isEqualTo(2);
  }

  @Test
  void keepsARowForEveryReject() throws IOException {
    Path trace =
        write("a.jsonl", "{\"rip\":\"0x11112222333344445\"}\n" + GOOD + "{\"rip\":1}\n[]\n");

    store().ingest(input(trace, "w"));

    assertThat(rejects())
        .extracting(Reject::sentence)
        .containsExactly(
            trace
                + ":1: register rip has 17 hexadecimal digits (0x11112222333344445); write"
                + " registers as 0x and at most 16 hexadecimal digits.",
            trace
                + ":4: no rcx, r11, rflags, cs, ss; give rip, rcx, r11, rflags, cs and ss on"
                + " every line or in every row.",
            trace + ":5: the line is not a JSON object; write one JSON object on each line.");
    assertThat(stored().select("from rejects() order by position limit 1"))
        .containsExactly(
            List.of(
                trace.toString(),
                1L,
                "line",
                RejectReason.MALFORMED_REGISTER.name(),
                "register rip has 17 hexadecimal digits (0x11112222333344445)",
                RejectReason.MALFORMED_REGISTER.remedy(),
                "{\"rip\":\"0x11112222333344445\"}",
                1L,
                input(trace, "w").traceId(),
                "w"));
  }

  @Test
  void aRowStandsForTheRejectsThatAreOnlyCounted() throws IOException {
    Path trace = write("a.jsonl", GOOD + "x\n".repeat(50));
    TraceInput bounded =
        new TraceInput(
            trace.toString(),
            trace.toString(),
            TraceFormat.JSONL,
            "w",
            "a.jsonl-1",
            new Bounds(1, 0, 5));

    store().ingest(bounded);

    assertThat(rejects())
        .extracting(Reject::count)
        .containsExactlyInAnyOrder(1L, 1L, 1L, 1L, 1L, 45L);
    assertThat(store().read().counts(Reading.ASSEMBLED).rejected()).isEqualTo(50);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void aTraceWithoutAnyFrameIsInTheStoreToo() throws IOException {
    store().ingest(input(write("a.jsonl", "{\n"), "w"));

    assertThat(store().read().workloads()).containsExactly("w");
    assertThat(stored().count("frames()")).isZero();
    StoredFiles.assertAsPromised(folder.resolve("store"));
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
    Files.delete(folder.resolve("store/traces/rows-" + input.traceId() + ".parquet"));

    assertThat(store().read().isEmpty()).isTrue();
    assertThat(store().read().parts(Long.MAX_VALUE)).isEmpty();
    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(Counts.ZERO);
  }

  @Test
  void aTraceThatWasWrittenIsInTheStoreOnceItIsPublished() throws IOException {
    TraceRow row = store().write(input(write("a.jsonl", GOOD), "w"));
    assertThat(store().read().isEmpty()).isTrue();

    store().publish(row.traceId(), List.of(row));

    assertThat(store().read().traces()).containsExactly(row);
  }

  @Test
  void aSnapshotIsOfItsMoment() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));
    StoreSnapshot before = store().read();

    store().ingest(input(write("b.jsonl", GOOD), "w"));

    assertThat(before.counts(Reading.ASSEMBLED).accepted()).isEqualTo(2);
    assertThat(store().read().counts(Reading.ASSEMBLED).accepted()).isEqualTo(4);
  }

  @Test
  void partsTogetherHaveEveryByteOfTheFramesOnce() {
    store().ingest(input(SAMPLES.resolve("shell/perf.data"), "w"));
    StoreSnapshot snapshot = store().read();
    TraceRow row = snapshot.traces().get(0);
    PartFile file = row.parts(StoreTable.FRAMES).get(0);

    List<FramePart> parts = snapshot.parts(10_000);

    assertThat(parts).hasSizeGreaterThan(1).isEqualTo(snapshot.parts(row, 10_000));
    long next = 0;
    for (FramePart part : parts) {
      assertThat(part.start()).isEqualTo(next);
      assertThat(part.bytes()).isBetween(1L, 10_000L);
      next = part.end();
    }
    assertThat(next).isEqualTo(file.sizeBytes());
    assertThat(parts)
        .allMatch(it -> it.workload().equals("w") && it.trace().equals(row.traceId()))
        .extracting(FramePart::file)
        .containsOnly(folder.resolve("store").resolve(row.path(file)).toString());
  }

  /** Readers refuse a large page that unpacks to far more than its bytes. */
  @Test
  void namesThatAreLongAndMuchAlikeCanBeReadAgain() throws IOException {
    String named = GOOD.lines().findFirst().orElseThrow().replace("x y", "%s");
    String name = "x".repeat(100_000);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 800; i++) {
      lines.append(named.formatted(name + i)).append('\n');
    }
    store().ingest(input(write("a.jsonl", lines.toString()), "w"));

    int frames = 0;
    for (FramePart part : store().read().parts(Long.MAX_VALUE)) {
      try (ParquetFiles files = new ParquetFiles();
          FrameScan scan = new FrameScan(files, part, Set.of(FrameColumn.COMM))) {
        while (scan.next()) {
          frames += scan.size();
        }
      }
    }
    assertThat(frames).isEqualTo(800);
  }

  @Test
  void theRowOfATraceHasItsWholeHeader() {
    TraceInput input = input(SAMPLES.resolve("shell/perf.data"), "w");
    TraceRow row = store().write(input);
    store().publish(row.traceId(), List.of(row));

    TraceHeader header = row.header();
    Counts counts = row.counts();
    assertThat(stored().only("select * exclude (parts, unit, unit_traces, checksum) from traces()"))
        .containsExactly(
            "w",
            input.traceId(),
            input.file(),
            "perf-data",
            header.kernelRelease(),
            header.perfVersion(),
            header.hostname(),
            header.arch(),
            header.commandLine(),
            header.processors().description(),
            header.processors().id(),
            header.processors().online(),
            null,
            null,
            null,
            null,
            null,
            counts.seen(),
            counts.accepted(),
            counts.rejected(),
            counts.ignored(),
            counts.lost(),
            counts.exits(),
            row.inKernel(),
            row.span().first(),
            row.span().last(),
            null,
            1L);
    assertThat(stored().only("select min(ts_ns), max(ts_ns) from frames()"))
        .containsExactly(row.span().first(), row.span().last());
    assertThat(store().read().traces()).containsExactly(row);
  }

  @Test
  void theRowOfATraceHasTheFactsOfItsMachineFile() throws IOException {
    Path trace = write("a.jsonl", GOOD);
    MachineFacts facts = new MachineFacts(Fact.YES, Fact.NO, "xen-pv", "6.12.1", "pti=on audit=0");
    Files.writeString(MachineFile.of(trace), MachineFile.write(facts));
    store().ingest(input(trace, "w"));

    assertThat(
            stored()
                .only(
                    "select la57, fred, hypervisor, machine_kernel_release, kernel_parameters from"
                        + " traces()"))
        .containsExactly(true, false, "xen-pv", "6.12.1", "pti=on audit=0");
    assertThat(store().read().traces().get(0).machine()).isEqualTo(facts);

    Files.writeString(MachineFile.of(trace), "{");
    assertThatThrownBy(() -> store().ingest(input(trace, "w")))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("a.jsonl.machine.json: it is not JSON");
    assertThat(store().read().traces().get(0).machine()).as("as before").isEqualTo(facts);
  }

  @Test
  void missingHeaderValuesAreNullInTheRow() throws IOException {
    store().ingest(input(write("a.jsonl", "{\n"), "w"));

    assertThat(
            stored()
                .only(
                    "select kernel_release, perf_version, hostname, arch, command_line, first_ns,"
                        + " last_ns from traces()"))
        .containsOnlyNulls();
    assertThat(store().read().traces().get(0).header()).isEqualTo(TraceHeader.EMPTY);
    assertThat(store().read().traces().get(0).span()).isEqualTo(TimeSpan.NONE);
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    List<TraceInput> inputs =
        List.of(
            input(SAMPLES.resolve("shell/perf.data"), "w"),
            input(write("a.jsonl", GOOD + "{\n"), "w"));

    assertThat(partsIn("one", inputs)).isEqualTo(partsIn("other", inputs)).hasSize(5);
  }

  /** The content of the files of frames, rejects and maps, whose names differ. */
  private List<String> partsIn(String store, List<TraceInput> inputs) {
    TraceStore target = TraceStore.at(folder.resolve(store).toString());
    target.prepare();
    inputs.forEach(target::ingest);
    StoredFiles.assertAsPromised(folder.resolve(store));
    return target.read().traces().stream()
        .flatMap(it -> it.parts().stream())
        .map(PartFile::sha256)
        .toList();
  }

  @Test
  void aWorkloadThatNoFolderCanBeNamedAfterLeavesTheEarlierReading() throws IOException {
    Path trace = write("a.jsonl", GOOD);
    store().ingest(input(trace, "w"));
    List<Path> before = tree();

    assertThatThrownBy(() -> store().ingest(input(trace, "x".repeat(300))))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(folder.resolve("store") + ": it cannot be written (")
        .hasMessageEndingWith("File name too long); name a place that you may write to.");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aWorkloadWhoseNameIsNoTextLeavesTheEarlierReading() throws IOException {
    Path trace = write("a.jsonl", GOOD);
    store().ingest(input(trace, "w"));
    List<Path> before = tree();

    assertThatThrownBy(() -> store().ingest(input(trace, "\ud800")))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(folder.resolve("store") + ": it cannot be written (")
        .hasMessageEndingWith(
            "no file can have this name here); name a place that you may write to.");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aTraceThatBreaksInTheMiddleLeavesTheEarlierReading() throws IOException {
    Path trace = folder.resolve("perf.data");
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("shell/perf.data"));
    TraceInput input = new TraceInput(trace.toString(), TraceFormat.PERF_DATA, "w", "id");
    Files.write(trace, whole);
    store().ingest(input);
    List<Path> before = tree();
    Files.write(trace, Arrays.copyOf(whole, 100_000));

    assertThatThrownBy(() -> store().ingest(input))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(trace + " @ byte 0x186a0: the file is cut off");
    assertThat(tree()).isEqualTo(before);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  /**
   * Whoever may not lock a store cannot know whose the files are while a writer's note is there.
   */
  @Test
  void someoneWhoMayNotWriteTakesNoFileOfAWriterForLeftOver() throws IOException {
    TraceInput input = input(write("a.jsonl", GOOD), "w");
    TraceStore store = store();
    StoreWriting writing =
        store.begin(List.of(new StoreWriting.Name(input.workload(), input.traceId())));
    TraceRow row = store.write(input);

    StoreAudit meanwhile = forbidden().audit();
    store.publish(row.traceId(), List.of(row));
    writing.complete();
    writing.close();
    StoreAudit after = forbidden().audit();

    assertThat(meanwhile.somebodyWrites()).isTrue();
    assertThat(meanwhile.findings()).isEmpty();
    assertThat(after.somebodyWrites()).isFalse();
    assertThat(after.findings()).isEmpty();
  }

  @Test
  void someoneWhoMayNotWriteFindsLeftOversThatNobodyNoted() throws IOException {
    store().ingest(input(write("a.jsonl", GOOD), "w"));
    Path left = folder.resolve("store/traces/.x.writing");
    Files.writeString(left, "half");

    StoreAudit audit = forbidden().audit();

    assertThat(audit.somebodyWrites()).isFalse();
    assertThat(audit.findings())
        .extracting(StoreAudit.Finding::file)
        .containsExactly(left.toString());
  }

  /** The store for someone who may not write to it. */
  private TraceStore forbidden() {
    FaultyFileSystem files = new FaultyFileSystem(1, Harm.FROM_THEN_ON, Fault.FORBIDDEN);
    return TraceStore.in("the store", FileTrees.at(files.at(folder.resolve("store"))));
  }

  /** A worker of another machine may have a folder of its own under the store's name. */
  @Test
  void aTraceWhosePartsAreSomewhereElseIsNotPublished() throws IOException {
    Path trace = write("a.jsonl", GOOD);
    store().ingest(input(trace, "w"));
    List<Path> before = tree();
    TraceStore elsewhere = TraceStore.in("store", FileTrees.at(folder.resolve("elsewhere")));
    TraceRow row = elsewhere.write(input(trace, "w"));

    PartFile frames = row.parts(StoreTable.FRAMES).get(0);
    assertThatThrownBy(() -> store().publish(row.traceId(), List.of(row)))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "%s: it cannot be written (%s should have %,d bytes and is not there); name a place"
                + " that you may write to.",
            folder.resolve("store"), row.path(frames), frames.sizeBytes());
    assertThat(tree()).isEqualTo(before);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void aTraceWithAPartThatIsCutOffIsNotPublished() throws IOException {
    TraceRow row = store().write(input(write("a.jsonl", GOOD), "w"));
    PartFile rejects = row.parts(StoreTable.REJECTS).get(0);
    Files.write(folder.resolve("store").resolve(row.path(rejects)), new byte[3]);

    assertThatThrownBy(() -> store().publish(row.traceId(), List.of(row)))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("should have %,d bytes and has 3)", rejects.sizeBytes());
    assertThat(store().read().isEmpty()).isTrue();
  }

  @Test
  void aTraceThatIsPublishedAgainBesideOneThatCannotBeStays() throws IOException {
    TraceRow kept = store().write(input(write("a.jsonl", GOOD), "w"));
    store().publish("unit", List.of(kept));
    TraceRow broken = store().write(input(write("b.jsonl", GOOD), "w"));
    deleteAll(folder.resolve("store").resolve(broken.path(broken.parts().get(0))));

    assertThatThrownBy(() -> store().publish("unit", List.of(kept, broken)))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("is not there");
    assertThat(store().read().traces()).containsExactly(kept);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void aTraceThatIsDiscardedLeavesNothingBehind() throws IOException {
    store();
    List<Path> before = tree();
    TraceRow row = store().write(input(write("a.jsonl", GOOD), "w"));

    store().discard(List.of(row));

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aStoreOfAnEarlierVersionIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("store/traces/workload=w"));

    assertThatThrownBy(() -> store())
        .isInstanceOf(TraceException.class)
        .hasMessage(
            folder.resolve("store")
                + ": this store was written by an earlier version; ingest its traces again, into"
                + " a new folder.");
  }

  @Test
  void aFileThatHoldsNoRowsIsAnErrorAndNotASmallerStore() throws IOException {
    store();
    Path rows = write("store/traces/rows-a.parquet", "dear");

    assertThatThrownBy(() -> store().read())
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "%s: it cannot be read (%s: it holds no rows of traces); \"sysret-replay verify STORE\""
                + " tells what is wrong.",
            folder.resolve("store"), rows);
  }

  @Test
  void aFolderWithOtherThingsIsNoStore() throws IOException {
    Path other = write("other/letter.txt", "dear").getParent();

    assertThatThrownBy(() -> TraceStore.at(other.toString()).prepare())
        .isInstanceOf(OutputException.class)
        .hasMessage(
            other + ": this is no store, and it is not empty; name a new or an empty" + " folder.");
  }

  @Test
  void aStoreThatWasNotMadeToItsEndIsMadeToIt() throws IOException {
    Path store = Files.createDirectories(folder.resolve("half/traces")).getParent();

    TraceStore.at(store.toString()).prepare();

    assertThat(names(store)).containsExactlyInAnyOrder("frames", "rejects", "maps", "traces");
  }

  @Test
  void aFolderOfThatNameWithOtherThingsIsNoStore() throws IOException {
    Path other = write("other/frames/picture.svg", "<svg/>").getParent().getParent();

    assertThatThrownBy(() -> TraceStore.at(other.toString()).prepare())
        .hasMessageContaining("this is no store, and it is not empty");
    assertThat(names(other)).containsExactly("frames");
  }

  @Test
  void aFolderThatCannotBeMadeIsAnOutputError() throws IOException {
    Path file = write("file", "x");

    assertThatThrownBy(() -> TraceStore.at(file.resolve("store").toString()).prepare())
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("it cannot be written");
  }

  @Test
  void aStoreOnAFileSystemThatNothingServesIsRefusedWithARemedy() {
    assertThatThrownBy(() -> TraceStore.at("s3a://bucket/store"))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "s3a://bucket/store: no file system for s3a: is on the class path; add hadoop-aws and"
                + " what it needs to SYSRET_REPLAY_CLASSPATH, and use a command with a --master.");
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private TraceStore store() {
    TraceStore store = TraceStore.at(folder.resolve("store").toString());
    store.prepare();
    return store;
  }

  private StoredRows stored() {
    return new StoredRows(folder.resolve("store"));
  }

  /** All rejects, by file and position. */
  private List<Reject> rejects() {
    List<Reject> rejects = new ArrayList<>();
    store().read().forEachReject(rejects::add);
    rejects.sort(
        Comparator.comparing((Reject it) -> it.place().source())
            .thenComparing(it -> it.place().position()));
    return rejects;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
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
