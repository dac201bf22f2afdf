package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceColumn;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;

/** Every sample in a redacted store, which may leave the building. */
class RedactTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path ingested(String name, Object... more) {
    Path store = folder.resolve(name);
    List<Object> line = new ArrayList<>(List.of("ingest", SampleTraces.ROOT, "--into", store));
    line.addAll(List.of(more));
    Result result = CliRunner.run(line.toArray());
    assertThat(result.exit()).as(result.err()).isZero();
    return store;
  }

  private static List<ExitFrame> frames(StoreSnapshot store, TraceRow trace) {
    ExitFrame[] frames =
        new ExitFrame[Math.toIntExact(trace.counts().accepted() + trace.inKernel())];
    new StoredFrameLookup(store.parts(trace, Long.MAX_VALUE), Map.of())
        .forEach((frame, code) -> frames[(int) frame.seq()] = frame);
    return List.of(frames);
  }

  private static Set<StoreTable> tablesOf(StoreSnapshot store) {
    return store.traces().stream()
        .flatMap(it -> it.parts().stream())
        .map(PartFile::table)
        .collect(Collectors.toSet());
  }

  /** The traces of a store by facts that redaction keeps, to pair the traces of two stores. */
  private static Map<List<Object>, TraceRow> byFacts(StoreSnapshot store) {
    Map<List<Object>, TraceRow> rows = new java.util.HashMap<>();
    store.traces().forEach(it -> rows.put(List.of(it.format(), it.counts(), it.span()), it));
    return rows;
  }

  @Test
  void everyModelSaysTheSameOfEveryFrameAndNothingTellsWhoWasRecorded() throws IOException {
    Path plainStore = ingested("plain");
    Path redactedStore = ingested("redacted", "--redact");
    StoreSnapshot plain = TraceStore.at(plainStore.toString()).read();
    StoreSnapshot redacted = TraceStore.at(redactedStore.toString()).read();
    assertThat(tablesOf(plain)).contains(StoreTable.MAPS);
    assertThat(tablesOf(redacted)).containsExactlyInAnyOrder(StoreTable.FRAMES, StoreTable.REJECTS);
    Map<List<Object>, TraceRow> twins = byFacts(redacted);
    Originals originals = new Originals();
    long compared = 0;
    for (TraceRow row : plain.traces()) {
      TraceRow twin = twins.get(List.of(row.format(), row.counts(), row.span()));
      assertThat(twin).as(row.traceId()).isNotNull();
      List<ExitFrame> left = frames(plain, row);
      List<ExitFrame> right = frames(redacted, twin);
      for (int i = 0; i < left.size(); i++) {
        assertAlike(left.get(i), right.get(i));
      }
      compared += left.size();
      originals.add(row, left);
    }
    assertThat(CliRunner.run("verify", redactedStore).exit()).isZero();
    for (String reading : List.of("--untraced", "--as-recorded", "--la57", "--xen-pv")) {
      assertThat(sums(redactedStore, reading)).isEqualTo(sums(plainStore, reading));
    }
    long bytes = originals.lookFor(redactedStore);
    System.out.printf(
        "%,d frames redacted; %,d bytes searched for %,d originals%n",
        compared, bytes, originals.size());
  }

  /** The class holds everything that a verdict, a reason or a cause depends on, under any model. */
  private static void assertAlike(ExitFrame left, ExitFrame right) {
    assertThat(FrameClass.code(right)).isEqualTo(FrameClass.code(left));
    assertThat(FrameClass.code(right.early())).isEqualTo(FrameClass.code(left.early()));
    assertThat(right.assembly().recorded().map(RedactTest::alone))
        .isEqualTo(left.assembly().recorded().map(RedactTest::alone));
    Originals.assertOther(left.registers(), right.registers());
    Originals.assertOther(left.rsp(), right.rsp());
    Originals.assertOther(left.rax(), right.rax());
    Originals.assertOther(left.result(), right.result());
    left.assembly()
        .recorded()
        .ifPresent(
            it ->
                Originals.assertOther(
                    it.registers(), right.assembly().recorded().orElseThrow().registers()));
    assertThat(right.syscall()).isEqualTo(left.syscall());
    assertThat(right.timeNanos()).isEqualTo(left.timeNanos());
    assertThat(right.count()).isEqualTo(left.count());
  }

  private static Object alone(Assembly.Recorded it) {
    return List.of(
        it.path(),
        org.sysretreplay.emulator.RegisterFacts.of(it.registers()),
        Assembly.alone(
            it.entry(),
            it.path(),
            it.registers(),
            OptionalLong.empty(),
            org.sysretreplay.emulator.Stage.EARLY));
  }

  /** The report of every model over all workloads, without their names. */
  private static List<String> sums(Path store, String reading) throws IOException {
    List<String> rows = new ArrayList<>();
    JsonNode report =
        JSON.readTree(
            CliRunner.run("report", store, "--model", "all", reading, "--format", "json").out());
    report
        .get("rows")
        .forEach(
            row -> {
              ((com.fasterxml.jackson.databind.node.ObjectNode) row).remove("workload");
              rows.add(row.toString());
            });
    assertThat(rows).isNotEmpty();
    rows.sort(null);
    return rows;
  }

  /**
   * Texts and numbers of the recordings that may not stand in the store, as Parquet encodes them.
   */
  private static final class Originals {

    /** Shorter texts are found everywhere by chance. */
    private static final int LEAST_TEXT = 4;

    /** Smaller numbers are found everywhere by chance. */
    private static final long LEAST_NUMBER = 1 << 20;

    /** Texts that stand in every store, whoever was recorded. */
    private static final String OURS =
        "raw_syscalls:sys_exit exceptions:page_fault_user irq_vectors:local_timer_exit perf-data"
            + " perf-script ftrace jsonl parquet sysret-replay clock_offset_ns "
            + java.util.Arrays.toString(org.sysretreplay.ingest.frames.FrameColumn.values())
            + java.util.Arrays.toString(org.sysretreplay.emulator.EntryPath.values())
            + java.util.Arrays.toString(org.sysretreplay.emulator.Cause.values())
            + java.util.Arrays.toString(org.sysretreplay.emulator.EntryKind.values())
            + java.util.Arrays.toString(org.sysretreplay.emulator.Stage.values());

    private static final String OURS_IN_FILES = OURS + OURS.toLowerCase(java.util.Locale.ROOT);

    private final Set<String> texts = new HashSet<>();
    private final Set<Long> numbers = new HashSet<>();
    private final Set<Long> processes = new HashSet<>();

    long size() {
      return texts.size() + numbers.size() + processes.size();
    }

    void add(TraceRow row, List<ExitFrame> frames) {
      Stream.of(
              row.traceId(),
              row.source(),
              row.header().hostname(),
              row.header().commandLine(),
              Path.of(row.source()).getFileName().toString())
          .filter(it -> !it.isEmpty())
          .forEach(this::add);
      for (ExitFrame it : frames) {
        it.task().comm().ifPresent(this::add);
        it.task().pid().ifPresent(processes::add);
        it.task().tid().ifPresent(processes::add);
        add(it.registers());
        it.assembly().recorded().ifPresent(r -> add(r.registers()));
        it.rsp().ifPresent(this::add);
        it.rax().ifPresent(this::add);
      }
      processes.remove(0L);
    }

    private void add(String text) {
      if (text.length() >= LEAST_TEXT && !OURS_IN_FILES.contains(text)) {
        texts.add(text);
      } else {
        // A value in Parquet stands behind its length: in that form the name may stand nowhere.
        texts.add((char) text.length() + "\0\0\0" + text);
      }
    }

    private void add(Registers it) {
      add(it.rip());
      add(it.rcx());
    }

    /**
     * Numbers of fewer telling bytes are found by chance; the values of frames are also compared
     * one by one.
     */
    private void add(long number) {
      if (isOriginal(number) && bytesThatSaySomething(number) >= 4) {
        numbers.add(number);
      }
    }

    private static long bytesThatSaySomething(long number) {
      return java.util.stream.IntStream.range(0, Long.BYTES)
          .map(it -> (int) (number >>> 8 * it & 0xff))
          .filter(it -> it != 0 && it != 0xff)
          .count();
    }

    /** Whether a number tells of a program: it is no error, no shared address and not small. */
    private static boolean isOriginal(long number) {
      boolean isShared = Addresses.isVsyscall(number) || number < 0 && number >= -4095;
      return !isShared && Long.compareUnsigned(number, LEAST_NUMBER) >= 0;
    }

    static void assertOther(OptionalLong left, OptionalLong right) {
      assertThat(right.isPresent()).isEqualTo(left.isPresent());
      if (left.isPresent() && isOriginal(left.getAsLong())) {
        assertThat(right.getAsLong()).isNotEqualTo(left.getAsLong());
      }
    }

    static void assertOther(Registers left, Registers right) {
      assertOther(OptionalLong.of(left.rip()), OptionalLong.of(right.rip()));
      assertOther(OptionalLong.of(left.rcx()), OptionalLong.of(right.rcx()));
    }

    /** Searches every byte of every file, pages unpacked; returns the number of bytes. */
    long lookFor(Path store) throws IOException {
      long bytes = 0;
      try (Stream<Path> files = Files.walk(store)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = store.relativize(file).toString();
          assertNoText(name, name);
          byte[] raw = Files.readAllBytes(file);
          bytes += look(name, raw);
          if (name.endsWith(".parquet")) {
            bytes += lookInPages(name, file);
          }
        }
      }
      return bytes;
    }

    private long look(String place, byte[] bytes) {
      assertNoText(place, new String(bytes, StandardCharsets.ISO_8859_1));
      ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
        long word = words.getLong(i);
        assertThat(numbers.contains(word)).as("%s: %x", place, word).isFalse();
      }
      return bytes.length;
    }

    private void assertNoText(String place, String all) {
      // The machine of the samples is called as this column begins.
      String content = all.replace(TraceColumn.SAMPLED_EVERY.key(), "");
      for (String text : texts) {
        assertThat(content.contains(text)).as("%s: %s", place, text).isFalse();
      }
    }

    private long lookInPages(String place, Path file) throws IOException {
      long bytes = 0;
      try (ParquetFiles parquet = new ParquetFiles();
          ParquetFileReader reader = parquet.open(new LocalInputFile(file), "")) {
        List<ColumnDescriptor> columns = reader.getFileMetaData().getSchema().getColumns();
        for (PageReadStore group = reader.readNextRowGroup();
            group != null;
            group = reader.readNextRowGroup()) {
          for (ColumnDescriptor column : columns) {
            bytes += look(place + String.join(".", column.getPath()), group.getPageReader(column));
          }
        }
      }
      return bytes;
    }

    private long look(String place, PageReader pages) throws IOException {
      long bytes = 0;
      DictionaryPage dictionary = pages.readDictionaryPage();
      if (dictionary != null) {
        bytes += look(place, dictionary.getBytes().toInputStream().readAllBytes());
      }
      for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
        byte[] data =
            page instanceof DataPageV1 v1
                ? v1.getBytes().toInputStream().readAllBytes()
                : ((DataPageV2) page).getData().toInputStream().readAllBytes();
        bytes += look(place, data);
      }
      return bytes;
    }
  }

  @Test
  void processesArePseudonymsToo() {
    Path store = folder.resolve("processes");
    Path trace = SampleTraces.ROOT.resolve("shell/perf.data");
    CliRunner.run("ingest", trace, "--into", store, "--redact");
    CliRunner.run("ingest", trace, "--into", folder.resolve("plain"));
    Set<Optional<Long>> plain = processes(folder.resolve("plain"));
    Set<Optional<Long>> redacted = processes(store);
    assertThat(redacted).hasSameSizeAs(plain).doesNotContainAnyElementsOf(plain);
  }

  private static Set<Optional<Long>> processes(Path store) {
    StoreSnapshot read = TraceStore.at(store.toString()).read();
    Set<Optional<Long>> all = new HashSet<>();
    frames(read, read.traces().get(0))
        .forEach(
            it ->
                it.task().tid().stream()
                    .filter(tid -> tid != 0)
                    .forEach(t -> all.add(Optional.of(t))));
    return all;
  }

  @Test
  void oneKeyMakesTheSameStoreAndAnotherAnother() throws IOException {
    Path key = Files.write(folder.resolve("key"), new byte[32]);
    Path other =
        Files.write(
            folder.resolve("other"), "another key, also long".getBytes(StandardCharsets.UTF_8));
    Map<Path, Set<String>> ids = new TreeMap<>();
    for (Path each : List.of(key, other)) {
      Path store = folder.resolve("of-" + each.getFileName());
      for (int i = 0; i < 2; i++) {
        Result result =
            CliRunner.run(
                "ingest",
                SampleTraces.ROOT.resolve("rseq"),
                "--into",
                store,
                "--redact-key",
                each,
                "--workload",
                "shown");
        assertThat(result.exit()).isZero();
      }
      StoreSnapshot read = TraceStore.at(store.toString()).read();
      assertThat(read.traces()).hasSize(1);
      assertThat(read.workloads()).containsExactly("shown");
      ids.put(each, Set.of(read.traces().get(0).traceId()));
    }
    assertThat(ids.get(key)).isNotEqualTo(ids.get(other));
  }

  @Test
  void rejectsSayWhyAndQuoteNothing() throws IOException {
    String sound = "{\"rip\":1,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}\n";
    Path trace =
        Files.writeString(
            folder.resolve("secret.jsonl"),
            sound + "secret\n" + sound.replace("\"rip\":1,", "\"rip\":\"0x123456789abcdef01\","));
    Path store = folder.resolve("rejects");
    Result result = CliRunner.run("ingest", trace, "--into", store, "--redact");
    assertThat(result.exit()).isZero();
    List<String> told = new ArrayList<>();
    TraceStore.at(store.toString())
        .read()
        .forEachReject(it -> told.add(it.detail() + "|" + it.excerpt()));
    assertThat(told)
        .containsExactlyInAnyOrder(
            "the line is not a JSON object|", "a register is not an unsigned 64-bit number|");
    assertThat(CliRunner.run("report", store).out()).doesNotContain("secret");
  }

  @Test
  void aKeyThatIsNotThereIsToldSo() {
    Path key = folder.resolve("missing.key");
    Result result =
        CliRunner.run(
            "ingest", SampleTraces.ROOT, "--into", folder.resolve("s"), "--redact-key", key);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: --redact-key %s: it cannot be read (there is no such file); give a file of random bytes."
                .formatted(key));
  }

  @Test
  void aShortKeyIsNone() throws IOException {
    Path key = Files.write(folder.resolve("key"), new byte[15]);
    Result result =
        CliRunner.run(
            "ingest", SampleTraces.ROOT, "--into", folder.resolve("s"), "--redact-key", key);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("15 bytes are no key; give a file of 16 random bytes or more.");
    assertThat(folder.resolve("s")).doesNotExist();
  }
}
