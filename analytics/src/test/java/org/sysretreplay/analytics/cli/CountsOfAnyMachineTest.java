package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/**
 * {@code record --counts} against a bpftrace that prints what a real one printed before, so that a
 * machine without bpftrace tests it too; RecordCountsTest is against a real one.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = CountsOfAnyMachineTest.TIMEOUT_SECONDS, unit = TimeUnit.SECONDS)
class CountsOfAnyMachineTest {

  static final long TIMEOUT_SECONDS = 60;

  /** 32 exits of two kinds, and 8 that there was no room for. */
  private static final String PRINTS =
      """
      echo '{"type": "map", "data": {"@": {"app,1,312": 2, "app,0,312": 30}}}'
      echo '{"type": "map", "data": {"@total": 40}}'
      """;

  @TempDir private Path folder;
  private Path bin;
  private Path root;
  private Path counts;

  @BeforeEach
  void makeAMachine() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    root = Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("proc"), Path.of("/proc"));
    Files.createDirectories(types().getParent());
    Files.createFile(types());
    Path sleep = Surroundings.ofThisProcess().program("sleep").orElseThrow();
    Files.createSymbolicLink(bin.resolve("sleep"), sleep);
    counts = folder.resolve("app.counts.jsonl");
    assumeTrue(ProcessStatus.ofThis(root).isRoot().orElse(false), "only root may count");
    assumeTrue(
        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).endsWith("pid:[4026531836]"),
        "a container's processes have numbers of their own");
    bpftrace(PRINTS);
  }

  private Path types() {
    return root.resolve("sys/kernel/btf/vmlinux");
  }

  private Path script(String name, String body) throws IOException {
    Path script = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  /** Does that at its end. */
  private void bpftrace(String end) throws IOException {
    script(
        "bpftrace",
        """
        case $1 in
          --version) echo 'bpftrace v0.17.0'; exit ;;
          -q) echo '1 0 0 0'; exit ;;
        esac
        echo "$BPFTRACE_MAP_KEYS_MAX" >'%s'
        while [ "$1" != -c ]; do shift; done
        trap 'ended=true' TERM
        $2 &
        echo counting
        until [ "$ended" ]; do wait; done
        %s
        """
            .formatted(folder.resolve("keys"), end));
  }

  private Result record(Object... arguments) {
    Surroundings surroundings =
        new Surroundings(List.of(bin), List.of(), root, "./sysret-replay", Optional.empty());
    return CliRunner.runIn(
        surroundings,
        Stream.concat(Stream.of("record", "--counts"), Stream.of(arguments)).toArray());
  }

  private void assertFails(Result result, String sentence) {
    assertThat(result.err()).isEqualTo("sysret-replay: " + sentence + "\n");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(counts).doesNotExist();
  }

  @Test
  void ofACommandAreWrittenWithWhatWasLostAndHowItEnded() throws IOException {
    Path app = script("app", "exit 3");
    Result result = record("-o", counts, "--keys", 9, "--", app);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: " + app + " ended with exit code 3.",
            "sysret-replay: " + counts + ": 2 records, 32 exits, 8 lost.",
            "sysret-replay: there was no room for some exits, so counts and shares are both wrong;"
                + " count with more: --keys 36.",
            "sysret-replay: next: ./sysret-replay report " + counts);
    assertThat(Files.readAllLines(counts))
        .hasSize(3)
        .last()
        .asString()
        .contains("\"comm\":\"app\"");
    assertThat(Files.readString(folder.resolve("keys"))).isEqualTo("9\n");
    assertThat(folder.resolve("app.counts.jsonl.machine.json")).exists();
  }

  @Test
  void ofACommandEndWithTheirTime() throws IOException {
    Result result = record("--for", "200ms", "-o", counts, "--", script("app", "exec sleep 600"));
    assertThat(result.err()).contains(": 2 records, 32 exits, ");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @Test
  void ofProcessesEndWithTheLastOfThem() throws IOException {
    Process first = new ProcessBuilder("sleep", "0.2").start();
    Process last = new ProcessBuilder("sleep", "1").start();
    Result result = record("-o", counts, "-p", first.pid() + "," + last.pid());
    assertThat(last.isAlive()).isFalse();
    assertThat(result.errLines())
        .startsWith("sysret-replay: counting; Ctrl-C ends it.")
        .contains("sysret-replay: " + counts + ": 2 records, 32 exits, 8 lost.");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @Test
  void ofEverythingEndWithTheirTimeAndKeepWhatWasThereBefore() throws IOException {
    Files.writeString(counts, "before");
    Result result = record("-a", "--for", "50ms", "-o", counts);
    assertThat(result.exit()).as(result.err()).isZero();
    Path kept = folder.resolve("app.counts.jsonl.old");
    assertThat(result.err()).contains("what was in " + counts + " before is now in " + kept);
    assertThat(kept).hasContent("before");
  }

  @Test
  void areSavedElsewhereWhereTheirFileCannotBeWritten() throws IOException {
    Path nowhere = Path.of("/proc/app.counts.jsonl");
    Result result = record("-a", "--for", "50ms", "-o", nowhere);
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(nowhere + ": it cannot be written (");
    Matcher saved = Pattern.compile("the counts are in (\\S+)\\.\n").matcher(result.err());
    assertThat(saved.find()).as(result.err()).isTrue();
    assertThat(Files.readAllLines(Path.of(saved.group(1)))).hasSize(3);
    Files.delete(Path.of(saved.group(1)));
  }

  @Test
  void areNotWrittenWhereBpftraceEndsWithoutThem() throws IOException {
    bpftrace("echo 'FATAL: out of memory' >&2");
    assertFails(
        record("-o", counts, "--", script("app", "exit 0")),
        "bpftrace ended without its counts (FATAL: out of memory); record again.");
  }

  @Test
  void areNotBegunWhereBpftraceCannotCount() throws IOException {
    Path app = script("app", "exit 0");
    script("bpftrace", "echo 'ERROR: no such probe' >&2; exit 1");
    assertFails(
        record("-o", counts, "--", app),
        "bpftrace could not count (ERROR: no such probe); record with perf, without --counts.");
    script("bpftrace", "[ \"$1\" = -q ] && echo '1 0 0 0'");
    assertFails(
        record("-o", counts, "--", app),
        "bpftrace could not count; record with perf, without --counts.");
    script("bpftrace", "echo '1 1 0 0'");
    assertFails(
        record("-a", "-o", counts),
        "bpftrace could not count; record with perf, without --counts.");
  }

  @Test
  void needProgramsAndTypes() throws IOException {
    Files.delete(types());
    assertThat(record("-a", "-o", counts).err())
        .contains(types() + ": the kernel does not tell its types");
    Files.delete(bin.resolve("sleep"));
    assertFails(record("-a", "-o", counts), "sleep is not on the PATH; install coreutils.");
    Files.delete(bin.resolve("bpftrace"));
    assertFails(
        record("-a", "-o", counts),
        "bpftrace is not on the PATH, which --counts needs; install it, or record with perf,"
            + " without --counts.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--keys 0 -a | --keys 0: give a number from 1 to 4,194,304.",
        "-z -a | -z: with --counts there is nothing to compress; leave it out.",
        "--every 7 -a | --every: --counts counts every exit, and no sample leaves the kernel;"
            + " leave one of the two out.",
        "--into store -a | --into: --counts has one result, at its end, and no pieces; give that"
            + " to ingest then.",
        "--keys 1 -p 1,2 | --keys 1: there is no room to follow 2 processes; give room for them"
            + " and for what they start, such as --keys 16384."
      })
  void areRefusedWithWhatDoesNotGoWithThem(String options, String sentence) {
    assertFails(record((Object[]) options.split(" ")), sentence);
  }

  @Test
  void areOfWholeProcesses() throws IOException {
    long process = ProcessHandle.current().pid();
    String thread;
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      thread =
          threads
              .map(it -> it.getFileName().toString())
              .filter(it -> !it.equals(Long.toString(process)))
              .findFirst()
              .orElseThrow();
    }
    assertFails(
        record("-o", counts, "-p", thread),
        "-p %s: this is a thread of process %d, and --counts takes whole processes; give -p %d."
            .formatted(thread, process, process));
  }
}
