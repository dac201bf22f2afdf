package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.DuckDb;
import org.sysretreplay.ingest.Trust;

/**
 * A service is recorded into a store by the real perf, and its recorder is killed. Each of its
 * threads counts its own calls of lseek, whose results are these counts: a call that is missing, or
 * there twice, shows.
 */
@DisabledOnOs(OS.WINDOWS)
class KilledRecorderTest {

  private static final int THREADS = 4;
  private static final int LSEEK = 8;

  /** After one while perf records its first pieces. */
  private static final int FURTHER_KILLS = Trust.isLong() ? 40 : 1;

  private static final int STEP_MILLIS = 37;

  /** How long a piece takes from its end to its deletion, about. */
  private static final int PIECE_MILLIS = 500;

  private static final long TIMEOUT_SECONDS = 60;

  private static final String SERVICE =
      """
      #include <fcntl.h>
      #include <pthread.h>
      #include <sys/syscall.h>
      #include <unistd.h>
      static void *count(void *name) {
        int file = open(name, O_RDONLY);
        for (long calls = 0;;) {
          for (int i = 0; i < 10; i++) syscall(SYS_lseek, file, ++calls, SEEK_SET);
          usleep(5000);
        }
      }
      int main(int words, char **word) {
        pthread_t thread;
        for (int i = 1; i < %d; i++) pthread_create(&thread, 0, count, word[0]);
        count(word[0]);
      }
      """
          .formatted(THREADS);

  private static final Pattern LSEEK_EXIT =
      Pattern.compile("^\\s*(\\d+)\\s+raw_syscalls:sys_exit: NR %d = (\\d+)".formatted(LSEEK));

  /** A call by its thread and its number there. */
  private record CountedCall(long tid, long number) {}

  @TempDir private Path folder;

  private Path store;
  private Path spool;
  private Process service;
  private int recorders;

  @BeforeEach
  void startTheService() throws IOException, InterruptedException {
    assumeTrue(isDone("perf", "record", "-e", "raw_syscalls:sys_exit", "-o", "probe", "true"));
    Files.writeString(folder.resolve("service.c"), SERVICE);
    assumeTrue(isDone("gcc", "-o", "service", "service.c", "-lpthread"));
    store = folder.resolve("store");
    spool = folder.resolve("store.spool");
    service = new ProcessBuilder(folder.resolve("service").toString()).start();
  }

  @AfterEach
  void endTheService() {
    if (service != null) {
      service.destroyForcibly();
    }
  }

  private boolean isDone(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private MainProcess record(Object... further) throws IOException {
    Path place = Files.createDirectory(folder.resolve("recorder-" + recorders++));
    List<Object> all =
        new ArrayList<>(
            List.of("record", "-p", service.pid(), "--into", store, "--rotate", "1s", "-m", 4096));
    all.addAll(List.of(further));
    return MainProcess.start(place, all.toArray());
  }

  /** Asks for reports until told to end: none fails, and none has less than the one before. */
  private final class Asker extends Thread {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private static final long PAUSE_MILLIS = 50;

    private final Set<Long> answers = new HashSet<>();
    private int asked;

    @Override
    public void run() {
      try {
        for (long before = 0; !ended.get(); asked++) {
          Result result = CliRunner.run("report", store, "--format", "json");
          assertThat(result.exit()).as(result.err()).isZero();
          long now = new ObjectMapper().readTree(result.out()).get("input").get("seen").longValue();
          assertThat(now).isGreaterThanOrEqualTo(before);
          before = now;
          answers.add(now);
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        failure.set(e);
      }
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time left for: " + what).isNegative();
      Thread.sleep(5);
    }
  }

  private static List<String> names(Path place) {
    try {
      return Files.isDirectory(place) ? Folders.content(place) : List.of();
    } catch (IOException | UncheckedIOException e) {
      // Something went while it was listed.
      return List.of();
    }
  }

  private long traces() {
    return names(store.resolve("traces")).stream().filter(it -> it.startsWith("rows-")).count();
  }

  private boolean perfRuns() {
    return ProcessHandle.allProcesses()
        .flatMap(it -> it.info().arguments().stream())
        .flatMap(Stream::of)
        .anyMatch(it -> it.startsWith(spool + "/"));
  }

  /** All calls in what waits in the spool, as {@code perf script} prints them. */
  private Set<CountedCall> waiting() throws IOException, InterruptedException {
    Set<CountedCall> calls = new HashSet<>();
    for (String piece : names(spool)) {
      if (piece.matches(".*\\.perf\\.data(\\.\\d+)?")) {
        assertThat(isDone("perf", "script", "-F", "tid,event,trace", "-i", spool + "/" + piece))
            .as(piece)
            .isTrue();
        try (Stream<String> lines = Files.lines(folder.resolve("said"))) {
          lines
              .map(LSEEK_EXIT::matcher)
              .filter(Matcher::find)
              .map(it -> new CountedCall(Long.parseLong(it.group(1)), Long.parseLong(it.group(2))))
              .forEach(calls::add);
        }
      }
    }
    return calls;
  }

  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> T ask(String sql, Rows<T> rows) throws SQLException {
    try (Connection duckdb = DuckDb.connect();
        Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                sql.formatted(
                    "read_parquet('%s/frames/*/*/*.parquet', filename = true) where nr = %d"
                        .formatted(store, LSEEK)))) {
      return rows.read(result);
    }
  }

  private Set<CountedCall> stored() throws SQLException {
    return ask(
        "select tid, ret from %s",
        rows -> {
          Set<CountedCall> calls = new HashSet<>();
          while (rows.next()) {
            calls.add(new CountedCall(rows.getLong(1), rows.getLong(2)));
          }
          return calls;
        });
  }

  /** A call that is there twice, and in which files. */
  private List<String> twice() throws SQLException {
    return ask(
        "select tid, ret, list(filename), list(ts_ns), list(event) from %s"
            + " group by tid, ret having count(*) > 1 limit 3",
        rows -> {
          List<String> calls = new ArrayList<>();
          while (rows.next()) {
            calls.add(
                "call %d of %d: %s %s %s"
                    .formatted(
                        rows.getLong(2),
                        rows.getLong(1),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5)));
          }
          return calls;
        });
  }

  /** How often a thread's calls do not go on where they stopped. */
  private long gaps() throws SQLException {
    return ask(
        "select count(*) from (select ret - lag(ret) over (partition by tid order by ret) as step"
            + " from %s) where step > 1",
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  @Test
  void noCallIsLostAndNoneIsThereTwice() throws Exception {
    MainProcess first = record();
    await("two pieces in the store", () -> traces() >= 2);
    Asker asker = new Asker();
    asker.start();
    first.kill();
    await("the end of perf", () -> !perfRuns());
    Set<CountedCall> left = new HashSet<>(waiting());
    assertThat(left).as("the piece that perf was amid").isNotEmpty();

    for (int kill = 0; kill < FURTHER_KILLS; kill++) {
      long before = traces();
      MainProcess next = record();
      await("its own perf", this::perfRuns);
      if (kill == 0) {
        assertThatASecondRecorderIsRefused();
      }
      await("a piece that perf has ended", () -> traces() > before && isPieceEnded());
      // Before it is found, while it is read, or when it is deleted.
      Thread.sleep(kill * STEP_MILLIS % PIECE_MILLIS);
      next.kill();
      await("the end of perf", () -> !perfRuns());
      left.addAll(waiting());
    }

    Result last = record("--for", "2s").await();
    asker.ended.set(true);
    asker.join();
    assertThat(asker.failure.get()).isNull();
    assertThat(asker.answers).hasSizeGreaterThan(2);
    assertThat(last.exit()).as(last.err()).isZero();
    assertThat(last.err()).contains("an earlier recorder left pieces (");
    assertThat(names(spool)).containsExactly(".recorder", ".sysret-replay-ignore");
    assertThat(service.isAlive()).as("what is recorded goes on").isTrue();

    assumeNothingWasLost();
    assertThat(twice()).isEmpty();
    Set<CountedCall> stored = stored();
    // AssertJ would look each of a million through.
    left.removeAll(stored);
    assertThat(left).as("calls that waited and are not in the store").isEmpty();
    assertThat(gaps())
        .as("each thread's, while nobody recorded")
        .isEqualTo((1 + FURTHER_KILLS) * THREADS);
    assertThat(CliRunner.run("verify", store).exit()).isZero();
    Trust.observed(
        "a recorder killed %d times: %,d calls in %d pieces, each in the store once; %d reports meanwhile",
        1 + FURTHER_KILLS, stored.size(), traces(), asker.asked);
  }

  private void assertThatASecondRecorderIsRefused() throws IOException, InterruptedException {
    Result other = record().await();
    assertThat(other.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(other.err())
        .contains("keeps its pieces here; end it, or name another folder with -o");
  }

  /** Whether there is a piece that is not in the store, or not known to be. */
  private boolean isPieceEnded() {
    return names(spool).stream()
        .anyMatch(it -> it.matches(".*(-\\d{8}\\.perf\\.data|\\.perf\\.data\\.\\d+)"));
  }

  @Test
  void perfThatIsKilledCostsWhatItHadNotWritten() throws Exception {
    MainProcess recorder = record();
    await("two pieces in the store", () -> traces() >= 2);
    ProcessHandle perf =
        ProcessHandle.allProcesses()
            .filter(
                it ->
                    it.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(word -> word.startsWith(spool + "/")))
            .findFirst()
            .orElseThrow();
    perf.destroyForcibly();
    Result result = recorder.await();
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains("perf ended with exit code 137 (signal 9).", "bytes of records in it are read");
    assertThat(names(spool)).containsExactly(".recorder", ".sysret-replay-ignore");
    assumeNothingWasLost();
    assertThat(stored()).isNotEmpty();
    assertThat(twice()).isEmpty();
    assertThat(gaps()).isZero();
  }

  /**
   * Where its buffers run over, perf lacks some samples and has others twice, as in any recording.
   */
  private void assumeNothingWasLost() throws IOException {
    for (int i = 0; i < recorders; i++) {
      String said = Files.readString(folder.resolve("recorder-" + i + "/err"));
      assumeFalse(said.contains("perf lost samples"), "this machine is too busy");
    }
  }

  /** Else perf would record until the disk is full. */
  @Test
  void perfOfAKilledRecorderEndsAndItsFileIsWhole() throws Exception {
    Path file = folder.resolve("app.perf.data");
    Path place = Files.createDirectory(folder.resolve("recorder-of-a-file"));
    MainProcess recorder =
        MainProcess.start(place, "record", "-p", service.pid(), "-m", 16, "-o", file);
    await("samples", () -> sizeOf(file) > 1 << 18 && isNamed(file));

    recorder.kill();

    await("the end of perf", () -> !isNamed(file));
    Result report = CliRunner.run("report", file);
    assertThat(report.exit()).as(report.err()).isZero();
  }

  private static long sizeOf(Path file) {
    return file.toFile().length();
  }

  /** Whether a process other than this one has the file's name among its arguments. */
  private static boolean isNamed(Path file) {
    return ProcessHandle.allProcesses()
        .flatMap(it -> it.info().arguments().stream())
        .flatMap(Stream::of)
        .anyMatch(file.toString()::equals);
  }
}
