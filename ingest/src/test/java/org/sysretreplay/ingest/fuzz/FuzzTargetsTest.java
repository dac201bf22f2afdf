package org.sysretreplay.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * Hostile input for every reader. Without a setting this replays the inputs in the folder of the
 * same name; with {@code JAZZER_FUZZ=1} one method looks for new ones, which {@code .ci/fuzz} does
 * with each of them.
 *
 * <p>Whatever the bytes are: reading ends in bounded memory, throws only declared exceptions,
 * counts every record once, and makes no frame without a record.
 */
class FuzzTargetsTest {

  private static final Bounds BOUNDS = new Bounds(Bounds.RATIO, 1 << 24, 10);

  /**
   * The largest input. Readers get nothing larger here, so that what exceeds it does not come from
   * the input.
   */
  private static final String DURATION = "10s";

  private static Path folder;

  /** One folder for a process that reads a million inputs. */
  private static Path folder() {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("sysret-replay-fuzz-");
      }
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void tidy() throws IOException {
    if (folder != null) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(each);
        }
      }
      folder = null;
    }
  }

  /** The result of one reading. */
  private record Read(Counts counts, long inKernel, List<ExitFrame> frames) {}

  private static Optional<Read> read(TraceFormat format, byte[] bytes, Reading reading) {
    try {
      Path file = Files.write(folder().resolve("input"), bytes);
      TraceInput input =
          new TraceInput(file.toString(), file.toString(), format, "w", "input-1", BOUNDS);
      assertThat(TraceFormat.of(file)).isNotNull();
      List<ExitFrame> frames = new ArrayList<>();
      Counts mine = Counts.ZERO;
      try (CountingReader reader = input.open(reading)) {
        while (reader.hasNext()) {
          TraceRecord next = reader.next();
          mine = mine.plus(counts(next));
          if (next instanceof TraceRecord.Accepted it && frames.size() < 1 << 16) {
            frames.add(it.frame());
          }
        }
        Counts told = reader.counts();
        assertThat(told.seen()).isEqualTo(told.accepted() + told.rejected() + told.ignored());
        assertThat(mine.seen()).isEqualTo(told.seen());
        assertThat(mine.accepted()).isEqualTo(told.accepted());
        assertThat(mine.rejected()).isEqualTo(told.rejected());
        return Optional.of(new Read(told, reader.inKernel(), frames));
      }
    } catch (TraceException e) {
      assertThat(e.getMessage()).contains("input").endsWith(".");
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Counts counts(TraceRecord record) {
    if (record instanceof TraceRecord.Accepted it) {
      return new Counts(1, 1, 0, 0, 0, it.frame().count());
    }
    return record instanceof TraceRecord.Rejected it
        ? new Counts(it.reject().count(), 0, it.reject().count(), 0, 0)
        : new Counts(1, 0, 0, 1, 0);
  }

  /** Both readings see the same records, and make frames of the same ones. */
  private static void readBothWays(TraceFormat format, byte[] bytes) {
    Optional<Read> assembled = read(format, bytes, Reading.ASSEMBLED);
    Optional<Read> recorded = read(format, bytes, Reading.AS_RECORDED);
    if (assembled.isPresent() && recorded.isPresent()) {
      Counts left = assembled.get().counts();
      Counts right = recorded.get().counts();
      assertThat(left.seen()).isEqualTo(right.seen());
      assertThat(left.accepted() + assembled.get().inKernel()).isEqualTo(right.accepted());
    }
  }

  private static byte[] behind(String magic, byte[] bytes) {
    byte[] start = magic.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[Math.max(start.length, bytes.length)];
    System.arraycopy(bytes, 0, whole, 0, bytes.length);
    System.arraycopy(start, 0, whole, 0, start.length);
    return whole;
  }

  @FuzzTest(maxDuration = DURATION)
  void perfData(byte[] bytes) {
    readBothWays(TraceFormat.PERF_DATA, behind("PERFILE2\150\0\0\0\0\0\0\0", bytes));
  }

  @FuzzTest(maxDuration = DURATION)
  void pipe(byte[] bytes) {
    readBothWays(TraceFormat.PERF_DATA, behind("PERFILE2\20\0\0\0\0\0\0\0", bytes));
  }

  @FuzzTest(maxDuration = DURATION)
  void compressed(byte[] bytes) {
    readBothWays(TraceFormat.PERF_DATA, bytes);
  }

  @FuzzTest(maxDuration = DURATION)
  void perfScript(byte[] bytes) {
    readBothWays(TraceFormat.PERF_SCRIPT, bytes);
  }

  @FuzzTest(maxDuration = DURATION)
  void ftrace(byte[] bytes) {
    readBothWays(TraceFormat.FTRACE, bytes);
  }

  @FuzzTest(maxDuration = DURATION)
  void jsonLines(byte[] bytes) {
    readBothWays(TraceFormat.JSONL, bytes);
  }

  @FuzzTest(maxDuration = DURATION)
  void parquet(byte[] bytes) {
    readBothWays(TraceFormat.PARQUET, bytes);
  }

  @FuzzTest(maxDuration = DURATION)
  void anyFile(byte[] bytes) throws IOException {
    Path file = Files.write(folder().resolve("any"), bytes);
    try {
      Optional<TraceFormat> format = TraceFormat.of(file);
      assertThat(Head.of(file).lines()).isNotNull();
      format.ifPresent(it -> readBothWays(it, bytes));
    } catch (TraceException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    }
  }

  private static final List<String> EVENTS =
      List.of(
          "raw_syscalls:sys_enter: NR %d (0, 0, 0, 0, 0, 0)",
          "raw_syscalls:sys_exit: NR %d = 0",
          "raw_syscalls:sys_exit: NR %d = -512",
          "raw_syscalls:sys_exit: NR %d = -516",
          "exceptions:page_fault_user: address=0x1 ip=0x1 error_code=0x%d",
          "irq_vectors:local_timer_exit: vector=%d",
          "signal:signal_deliver: sig=14 errno=0 code=%d sa_handler=401000 sa_flags=14000000",
          "signal:signal_deliver: sig=14 errno=0 code=%d sa_handler=0 sa_flags=0",
          "rseq:rseq_ip_fixup: regs_ip=0x401000 start_ip=0x401000 post_commit_offset=%d abort_ip=0x401010",
          "sched:sched_switch: prev=%d");

  /** The bytes are the order of a few threads' events, by which the assembler works. */
  @FuzzTest(maxDuration = DURATION)
  void assembler(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    Set<String> written = new HashSet<>();
    long time = 1_000_000_000L;
    for (int i = 0; i < 200 && data.remainingBytes() > 0; i++) {
      int tid = data.consumeInt(1, 3);
      String event =
          EVENTS
              .get(data.consumeInt(0, EVENTS.size() - 1))
              .formatted(data.pickValue(new int[] {0, 1, 15, 56, 59, 101, 219, -1}));
      long rip = 0x401000 + data.consumeInt(-1, 1) * 2L;
      time += data.consumeInt(0, 3);
      written.add(tid + "@" + time);
      text.append(
          "x %d/%d [000] %d.%09d: %s ABI:2 AX:0x0 CX:0x%x SP:0x7ffd0000 IP:0x%x FLAGS:0x%x CS:0x%x SS:0x2b R11:0x246%n"
              .formatted(
                  tid,
                  tid,
                  time / 1_000_000_000,
                  time % 1_000_000_000,
                  event,
                  data.consumeBoolean() ? rip : 7,
                  rip,
                  data.pickValue(new int[] {0x246, 0x346, 0x10246}),
                  data.pickValue(new int[] {0x33, 0x23, 0x7})));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    readBothWays(TraceFormat.PERF_SCRIPT, bytes);
    read(TraceFormat.PERF_SCRIPT, bytes, Reading.ASSEMBLED)
        .ifPresent(
            it -> {
              assertThat(it.counts().seen()).isEqualTo(text.toString().lines().count());
              it.frames()
                  .forEach(
                      frame ->
                          assertThat(written)
                              .contains(
                                  number(frame.task().tid()) + "@" + number(frame.timeNanos())));
            });
  }

  private static long number(OptionalLong number) {
    return number.orElseThrow();
  }

  @FuzzTest(maxDuration = DURATION)
  void machineJson(byte[] bytes) throws IOException {
    Path recording = folder().resolve("app.perf.data");
    Files.write(folder().resolve("app.perf.data.machine.json"), bytes);
    try {
      assertThat(new TraceInput(recording.toString(), TraceFormat.PERF_DATA, "w", "t-1").machine())
          .isNotNull();
    } catch (TraceException e) {
      assertThat(e).hasMessageContaining("machine.json");
    }
  }

  @FuzzTest(maxDuration = DURATION)
  void profileJson(byte[] bytes) throws IOException {
    Path file = Files.write(folder().resolve("profile.json"), bytes);
    try {
      Profile profile = Profile.read(file);
      assertThat(Profile.read(Files.writeString(file, profile.json())).json())
          .isEqualTo(profile.json());
    } catch (TraceException e) {
      assertThat(e).hasMessageContaining("profile.json");
    }
  }

  /**
   * The file of rows of a store with some bytes changed: that is noticed, or makes no difference.
   */
  @FuzzTest(maxDuration = DURATION)
  void storeRows(FuzzedDataProvider data) throws IOException {
    Path store = store();
    Path file;
    try (Stream<Path> rows = Files.list(store.resolve("traces"))) {
      file = rows.findFirst().orElseThrow();
    }
    byte[] sound = Files.readAllBytes(file);
    List<TraceRow> traces = TraceStore.at(store.toString()).read().traces();
    byte[] bytes = sound.clone();
    while (data.remainingBytes() > 0) {
      bytes[data.consumeInt(0, bytes.length - 1)] ^= data.consumeByte();
    }
    try {
      Files.write(file, bytes);
      StoreSnapshot read = TraceStore.at(store.toString()).read();
      read.parts(Long.MAX_VALUE);
      read.forEachReject(it -> {});
      assertThat(read.traces()).isEqualTo(traces);
    } catch (TraceException e) {
      assertThat(e).hasMessageContaining(store.toString());
    } finally {
      Files.write(file, sound);
    }
  }

  private static Path store() throws IOException {
    Path store = folder().resolve("store");
    if (!Files.exists(store)) {
      Path trace =
          Files.writeString(
              folder().resolve("a.jsonl"),
              "{\"rip\":1,\"rcx\":1,\"r11\":2,\"rflags\":2,\"cs\":51,\"ss\":43}\nx\n");
      TraceStore.at(store.toString())
          .ingest(new TraceInput(trace.toString(), TraceFormat.JSONL, "w", "a.jsonl-1"));
    }
    return store;
  }
}
