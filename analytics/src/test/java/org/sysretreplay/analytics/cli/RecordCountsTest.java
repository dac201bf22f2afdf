package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Counts in this kernel, held to what perf records of the same programs at the same time. */
class RecordCountsTest {

  private static final long TIMEOUT_SECONDS = 60;

  private static final Path EVENTS = Path.of("/sys/kernel/tracing/events/raw_syscalls/sys_exit/id");

  /** Waits until it is told to go on, and becomes the program then. */
  private static final String WAITS = "kill -STOP $$; exec \"$@\"";

  private static final String[] COLUMNS = {"entry", "event", "syscall", "comm", "stage"};

  @TempDir private Path folder;
  private Path counts;

  @BeforeEach
  void assumeThatBothMayRecord() {
    counts = folder.resolve("app.counts.jsonl");
    assumeTrue(program("bpftrace") && program("perf"), "bpftrace or perf is not installed");
    assumeTrue(Files.isReadable(EVENTS), "the kernel's events may not be read here");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel tells no types");
  }

  private static boolean program(String name) {
    return Surroundings.ofThisProcess().program(name).isPresent();
  }

  private static List<String> java(Class<?> program, Path argument) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        program.getName(),
        argument.toString());
  }

  private Process start(String name, String... words) throws IOException {
    return start(name, List.of(words));
  }

  private Process start(String name, List<String> words) throws IOException {
    return new ProcessBuilder(words)
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private void finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private Process record(String name, Object... arguments) throws IOException {
    return start(name, words(arguments));
  }

  private static List<String> words(Object... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "record"));
    Stream.of(arguments).map(Object::toString).forEach(words::add);
    return words;
  }

  /** The rows of a report, by what they are of. */
  private static Map<String, JsonNode> tallies(Path recording, String... by) throws IOException {
    Result result =
        CliRunner.run(
            "report",
            recording,
            "--as-recorded",
            "--model",
            "all",
            "--by",
            String.join(",", by),
            "--workload",
            "app",
            "--format",
            "json");
    assertThat(result.exit()).as(result.err()).isZero();
    Map<String, JsonNode> tallies = new TreeMap<>();
    for (JsonNode row : new ObjectMapper().readTree(result.out()).get("rows")) {
      String of =
          Stream.concat(Stream.of("model"), Stream.of(by))
              .map(it -> row.get(it).asText())
              .collect(Collectors.joining("|"));
      tallies.put(of, row);
    }
    return tallies;
  }

  /** Returns once perf records. */
  private Process startPerf(Path recording, long pid) throws IOException, InterruptedException {
    Path orders = folder.resolve("orders");
    Path answers = folder.resolve("answers");
    start("mkfifo", "mkfifo", orders.toString(), answers.toString()).waitFor();
    Process perf =
        start(
            "perf",
            "perf record -q -e raw_syscalls:sys_exit -e exceptions:page_fault_user"
                .concat(" --user-regs=ip,flags,cx,r11,cs,ss,sp,ax -c 1 -m 4096 -D -1")
                .concat(" --control fifo:%s,%s".formatted(orders, answers))
                .concat(" -o %s -p %d".formatted(recording, pid))
                .split(" "));
    Files.writeString(orders, "enable\n");
    try (InputStream in = Files.newInputStream(answers)) {
      assertThat(in.readNBytes(3)).asString(StandardCharsets.UTF_8).isEqualTo("ack");
    }
    return perf;
  }

  private void awaitCounting(String name, Process counting)
      throws IOException, InterruptedException {
    while (counting.isAlive() && !said(name).contains("counting")) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void assertSameAsPerf(List<String> program, String... by)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", WAITS, "sh"));
    words.addAll(program);
    Process app = start("app", words);
    Path recording = folder.resolve("app.perf.data");
    Process perf = startPerf(recording, app.pid());
    Process counting = record("counts", "--counts", "-o", counts, "-p", app.pid());
    awaitCounting("counts", counting);
    start("cont", "kill", "-CONT", Long.toString(app.pid())).waitFor();
    finish(app);
    finish(perf);
    finish(counting);
    assertThat(counting.exitValue())
        .as(Files.readString(folder.resolve("counts.err"), StandardCharsets.UTF_8))
        .isZero();
    assertThat(counting.exitValue()).isZero();
    assertThat(tallies(counts, by)).hasSizeGreaterThan(30).isEqualTo(tallies(recording, by));
  }

  @Test
  void areTheTalliesOfPerfForAProgramOfManyThreads() throws IOException, InterruptedException {
    assertSameAsPerf(java(ThreadsAndFiles.class, folder), COLUMNS);
  }

  /**
   * A 32-bit program: 50 times getpid by int $0x80, then exit. Its first instruction faults, too,
   * since its page is not there yet.
   */
  private static final String PROGRAM_OF_32_BITS =
      "7f454c46010101000000000000000000 020003000100000054800408 3400000000000000 0000000034002000"
          + "0100000000000000 01000000000000000080040800800408 700000007000000005000000 00100000"
          + "be32000000 b814000000 cd80 4e 75f6 b801000000 31db cd80";

  @Test
  void areTheTalliesOfPerfForAProgramOf32Bits() throws IOException, InterruptedException {
    Path program = folder.resolve("of32bits");
    byte[] elf = HexFormat.of().parseHex(PROGRAM_OF_32_BITS.replace(" ", ""));
    Files.write(program, Arrays.copyOf(elf, 0x70));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Process alone = start("alone", program.toString());
    finish(alone);
    assumeTrue(alone.exitValue() == 0, "this kernel does not run 32-bit programs");
    // The entry of a fault of 32-bit code is compat for perf; it leaves as any other fault.
    assertSameAsPerf(List.of(program.toString()), "event", "syscall", "comm", "stage");
    assertThat(tallies(counts, COLUMNS).keySet())
        .anyMatch(it -> it.startsWith("seed|compat|raw_syscalls:sys_exit|20|"))
        .anyMatch(it -> it.startsWith("seed|exception|exceptions:page_fault_user|"));
  }

  @Test
  void areTheTalliesOfPerfForAProgramThatForks() throws IOException, InterruptedException {
    assertSameAsPerf(
        List.of(
            "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10; do (ls / | wc -l; /bin/true & wait); done"),
        COLUMNS);
  }

  private String said(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".err"), StandardCharsets.UTF_8);
  }

  private long exits() throws IOException {
    Result result = CliRunner.run("check", counts, "--format", "json");
    return new ObjectMapper().readTree(result.out()).get("rows").get(0).get("exits").longValue();
  }

  @Test
  void countsACommandWithItsOwnWordsAndTellsHowItEnded() throws IOException, InterruptedException {
    Process counting =
        record(
            "counts",
            "--counts",
            "-o",
            counts,
            "--",
            "sh",
            "-c",
            "echo \"$1\"; exit 3",
            "x",
            "a  b");
    finish(counting);
    assertThat(counting.exitValue()).as(said("counts")).isZero();
    assertThat(Files.readString(folder.resolve("counts.out"))).isEqualTo("a  b\n");
    assertThat(said("counts"))
        .contains("sysret-replay: sh ended with exit code 3.")
        .containsPattern(Pattern.quote(counts.toString()) + ": \\d+ records, \\d+ exits, 0 lost");
    assertThat(Files.readAllLines(counts).get(1)).contains("\"comm\":\"sh\"");
    assertThat(folder.resolve("app.counts.jsonl.machine.json")).exists();
  }

  @Test
  void tellsWhatAFullMapLost() throws IOException, InterruptedException {
    Process counting = record("counts", "--counts", "--keys", 2, "-o", counts, "--", "ls", "/");
    finish(counting);
    assertThat(counting.exitValue()).as(said("counts")).isZero();
    assertThat(said("counts"))
        .containsPattern(": 2 records, \\d+ exits, [1-9]\\d* lost\\.")
        .contains(
            "there was no room for some exits, so counts and shares are both wrong; count with more:"
                + " --keys 8.");
    assertThat(CliRunner.run("report", counts).err())
        .contains(" exits, so counts and shares are both wrong; count with more room ");
    JsonNode input =
        new ObjectMapper()
            .readTree(CliRunner.run("check", counts, "--format", "json").out())
            .get("input");
    assertThat(input.get("lost").longValue()).isPositive();
  }

  @Test
  void endsWithAProcessAndAtASignalAndAfterATime() throws IOException, InterruptedException {
    Process app = start("app", "sh", "-c", "while :; do /bin/true; done");
    try {
      Process timed = record("counts", "--counts", "--for", "1s", "-a", "-o", counts);
      finish(timed);
      assertThat(timed.exitValue()).as(said("counts")).isZero();
      assertThat(exits()).isGreaterThan(100);

      Process told = record("told", "--counts", "-p", app.pid(), "-o", counts);
      awaitCounting("told", told);
      TimeUnit.MILLISECONDS.sleep(500);
      new ProcessBuilder("kill", "-TERM", Long.toString(told.pid())).start().waitFor();
      finish(told);
      assertThat(told.exitValue()).as(said("told")).isZero();
      assertThat(said("told")).contains("what was in " + counts + " before is now in ");
      assertThat(exits()).isGreaterThan(100);
      assertThat(tallies(counts, COLUMNS).keySet()).anyMatch(it -> it.contains("|true|"));
    } finally {
      app.destroy();
      finish(app);
    }
  }

  /** HUP goes to every process that was started from the terminal, and bpftrace would end at it. */
  @Test
  void keepsItsCountsWhereTheTerminalIsClosed() throws IOException, InterruptedException {
    assumeTrue(program("setsid"), "setsid is not installed");
    assumeFalse(SignalsTest.isIgnored("HUP"), "SIGHUP is ignored here");
    Process app = start("app", "sh", "-c", "while :; do /bin/true; done");
    try {
      List<String> words = new ArrayList<>(List.of("setsid"));
      words.addAll(words("--counts", "-p", app.pid(), "-o", counts));
      Process told = start("told", words);
      awaitCounting("told", told);
      TimeUnit.MILLISECONDS.sleep(500);
      new ProcessBuilder("kill", "-HUP", "--", "-" + told.pid()).start().waitFor();
      finish(told);
      assertThat(told.exitValue()).as(said("told")).isZero();
      assertThat(exits()).isGreaterThan(100);
    } finally {
      app.destroy();
      finish(app);
    }
  }

  @Test
  void savesItsCountsElsewhereWhereTheirFileCannotBeWritten()
      throws IOException, InterruptedException {
    Path nowhere = Path.of("/proc/app.counts.jsonl");
    Process counting = record("counts", "--counts", "-o", nowhere, "--", "ls", "/");
    finish(counting);
    assertThat(counting.exitValue()).as(said("counts")).isEqualTo(ExitCode.USAGE);
    Matcher saved = Pattern.compile("the counts are in (\\S+)\\.\n").matcher(said("counts"));
    assertThat(saved.find()).as(said("counts")).isTrue();
    assertThat(said("counts")).contains(nowhere + ": it cannot be written (");
    counts = Path.of(saved.group(1));
    try {
      assertThat(exits()).isPositive();
    } finally {
      Files.delete(counts);
    }
  }

  @Test
  void leavesNothingBehindWhereItIsKilled() throws Exception {
    Process counting = record("counts", "--counts", "-a", "-o", counts);
    awaitCounting("counts", counting);
    List<ProcessHandle> others = counting.descendants().toList();
    assertThat(others).hasSizeGreaterThanOrEqualTo(3);
    counting.destroyForcibly();
    finish(counting);
    for (ProcessHandle other : others) {
      other.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(counts).doesNotExist();
  }
}
