package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;

/** The verdicts of the face against the files that the command {@code replay} writes. */
class VerdictsTest {

  private static final Path ROOT = SampleTraces.ROOT;

  private static SparkSession spark;
  private static SysretReplay replay;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    replay = SysretReplay.on(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> replayed(String name, Object source, String... options) {
    Path output = folder.resolve(name);
    Object[] line = {"replay", source, "-o", output};
    Object[] all = new Object[line.length + options.length];
    System.arraycopy(line, 0, all, 0, line.length);
    System.arraycopy(options, 0, all, line.length, options.length);
    assertThat(CliRunner.run(all).exit()).isZero();
    return spark.read().parquet(output.toString());
  }

  private static List<Row> sorted(Dataset<Row> verdicts) {
    return verdicts.orderBy("trace", "seq", "outcome").collectAsList();
  }

  private static void assertSame(Dataset<Row> actual, Dataset<Row> expected) {
    assertThat(actual.columns()).isEqualTo(expected.columns());
    for (String column : expected.columns()) {
      assertThat(actual.schema().apply(column).dataType().asNullable())
          .isEqualTo(expected.schema().apply(column).dataType().asNullable());
      assertThat(actual.schema().apply(column).getComment().isDefined()).isTrue();
    }
    assertThat(sorted(actual)).isEqualTo(sorted(expected)).isNotEmpty();
  }

  @Test
  void everySampleIsJudgedAsByTheCommandLine() {
    Selection all = replay.read(ROOT.toString(), ROOT.resolve("synthetic").toString());

    assertSame(
        all.verdicts("linux-6.9"),
        replayed("traces", ROOT, "--model", "linux-6.9")
            .union(replayed("synthetic", ROOT.resolve("synthetic"), "--model", "linux-6.9")));
  }

  @Test
  void machinesAndReadingsAreThoseOfTheCommandLine() {
    Path shell = ROOT.resolve("shell");

    assertSame(
        replay.read(shell.toString()).untraced().asRecorded().verdicts("seed+exec-hits"),
        replayed("asked", shell, "--untraced", "--as-recorded", "--model", "seed+exec-hits"));
  }

  @Test
  void eachTraceIsJudgedForTheMachineThatItsFramesShow() {
    Path synthetic = ROOT.resolve("synthetic");

    assertSame(
        replay.read(synthetic.toString()).verdicts("6.12"),
        replayed("signs", synthetic, "--model", "6.12"));
    assertSame(
        replay.read(ROOT.toString()).verdicts("auto"), replayed("own", ROOT, "--model", "auto"));
  }

  @Test
  void storesAreJudgedAsByTheCommandLine() {
    Path store = folder.resolve("store");
    Selection stored = replay.ingest(ROOT.toString()).into(store.toString()).read();

    assertSame(stored.verdicts("linux-4.1"), replayed("stored", store, "--model", "linux-4.1"));
  }

  @Test
  void theFirstVerdictsOfManyAreThereSoonAndNothingIsLeftRunning() throws InterruptedException {
    Dataset<Row> verdicts = replay.read(ROOT.toString()).verdicts("seed");

    assertThat(verdicts.takeAsList(3)).hasSize(3);
    for (int tries = 0; tries < 100 && makers() > 0; tries++) {
      Thread.sleep(100);
    }
    assertThat(makers()).isZero();
  }

  private static long makers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().endsWith(", maker"))
        .count();
  }

  @Test
  void whatHasNoVerdictEachFailsWithOurSentence() throws IOException {
    Path counted = folder.resolve("counted.jsonl");
    Files.writeString(
        counted,
        """
        {"entry":"syscall","event":"e","nr":39,"rip":"0x1","rcx":"0x1","r11":"0x2","rflags":"0x2",\
        "cs":"0x33","ss":"0x2b","count":7}
        """);

    assertThatThrownBy(() -> replay.read(counted.toString()).verdicts("seed").collectAsList())
        .hasStackTraceContaining(
            counted
                + ": its exits were counted where they were recorded, so that none has a verdict of its own; ask"
                + " for their sums with report.");
  }

  /** As text, as a table of another program, and in a store. */
  @Test
  void whatHasNoVerdictEachIsSkippedOrRefusedAtOnce() throws IOException {
    Path counted = Files.writeString(folder.resolve("sums.jsonl"), line(1) + line(7));
    Path table = folder.resolve("sums.parquet");
    replay.read(counted.toString()).frames().coalesce(1).write().parquet(table.toString());
    Path store = folder.resolve("sums");
    String shell = ROOT.resolve("shell").toString();
    replay.ingest(counted.toString(), shell).into(store.toString());
    Dataset<Row> expected = replay.read(shell).verdicts("seed");

    for (Selection both :
        List.of(
            replay.read(counted.toString(), shell),
            replay.read(table.toString(), shell),
            replay.read(store.toString()))) {
      assertSame(both.skipUnreadable().verdicts("seed"), expected);
      assertThatThrownBy(() -> both.verdicts("seed"))
          .isInstanceOf(SysretReplayException.class)
          .hasMessageContaining(
              ": its exits were counted where they were recorded, so that none has a verdict of its own; ask"
                  + " for their sums with report.");
    }
    assertThatThrownBy(() -> replay.read(counted.toString()).skipUnreadable().verdicts("seed"))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageStartingWith(counted + ": its exits were counted");
  }

  private static String line(long count) {
    return """
        {"entry":"syscall","event":"e","nr":39,"rip":"0x1","rcx":"0x1","r11":"0x2","rflags":"0x2",\
        "cs":"0x33","ss":"0x2b","count":%d}
        """
        .formatted(count);
  }

  @Test
  void whatThereIsNotIsSaidBeforeAnythingIsRead() {
    Selection shell = replay.read(ROOT.resolve("shell").toString());

    assertThatThrownBy(() -> shell.verdicts("linux-9.9"))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageStartingWith("model linux-9.9: there is no such kernel; ");
    assertThatThrownBy(() -> replay.read("missing").verdicts("seed"))
        .isInstanceOf(SysretReplayException.class)
        .hasMessage("missing: there is no such file; check the name.");
  }
}
