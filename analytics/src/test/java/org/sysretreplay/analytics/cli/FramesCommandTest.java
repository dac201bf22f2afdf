package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.report.ShellWord;

/** Frames on the command line: what is printed, and that explain says the same of each. */
class FramesCommandTest {

  private static final Path SIGNALS = SampleTraces.ROOT.resolve("timer-signals/perf.data");

  @TempDir private Path folder;

  private static Result run(Object... line) {
    Object[] all = new Object[line.length + 1];
    all[0] = "frames";
    System.arraycopy(line, 0, all, 1, line.length);
    return CliRunner.run(all);
  }

  @Test
  void aFrameIsThreeLinesThatSayWhyAndHowToHearItsStory() {
    Result result =
        run(SIGNALS, "--cause", "SIGNAL_DELIVERY", "--syscall", "getppid", "--limit", "2");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            Frames of syscall getppid, cause signal_delivery, judged by seed

            TRACE:768  IRET_MISS RCX_NOT_RIP signal_delivery
              timer-signals: 1142.210374672 cpu 0 storm/4487 getppid = 4486 (amended)
              rip=0x56074df4c340 rcx=0x7fa99399f829 r11=0x246 rflags=0x246 cs=0x33 ss=0x2b
            TRACE:810  IRET_MISS RCX_NOT_RIP signal_delivery
              timer-signals: 1142.210815524 cpu 0 storm/4487 getppid = 4486 (amended)
              rip=0x56074df4c340 rcx=0x7fa99399f829 r11=0x246 rflags=0x246 cs=0x33 ss=0x2b

            2 of 11 frames shown; --limit N shows more, --limit all shows them all.
            To hear the story of one:
              sysret-replay explain %s TRACE:768

            Input: 3,831 records seen = 1,866 exits + 0 rejected + 1,965 ignored (events
            that are no return to user space); 0 lost.
            """
                .formatted(ShellWord.of(SIGNALS.toString()))
                .replace("TRACE", SampleTraces.recording("timer-signals").traceId()));
  }

  /** With JSON lines, a limit is told on standard error, since the lines have no place for it. */
  @Test
  void whatALimitLeavesOutIsToldBesideTheLines() {
    Result cut = CliRunner.run("frames", SIGNALS, "--format", "jsonl", "--limit", "2");
    assertThat(cut.out().lines()).hasSize(2);
    assertThat(cut.errLines())
        .containsExactly(
            "sysret-replay: 2 of 1,866 frames are listed; --limit all lists them all.");
    assertThat(CliRunner.run("frames", SIGNALS, "--format", "jsonl").err()).isEmpty();
  }

  /** The frames of this trace show FRED, so it is read twice; the first reading prints nothing. */
  @ParameterizedTest
  @CsvSource({"frames, text", "frames, jsonl", "replay, jsonl"})
  void nothingIsWrittenBeforeTheMachineIsKnown(String command, String format) throws Exception {
    Path fred = SampleTraces.ROOT.resolve("synthetic/fred.perf.script");
    Path file = folder.resolve("whole");
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> content(pipe));
    CliRunner.run(command, fred, "--format", format, "-o", pipe);
    CliRunner.run(command, fred, "--format", format, "-o", file);
    assertThat(read.get(20, TimeUnit.SECONDS)).isNotEmpty().isEqualTo(content(file));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x32 getpid", "getpid"})
  void callsOfX32HaveTheNamesThatAreShown(String name) {
    Path x32 = SampleTraces.ROOT.resolve("synthetic/x32.perf.script");
    Result result = run(x32, "--syscall", name);
    assertThat(result.out()).as(result.err()).contains("x32 getpid = 2001");
  }

  @Test
  void aChoiceOfNothingIsNone() {
    Result result = run(SIGNALS, "--pid", ",");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .startsWith("sysret-replay: --pid: there is no value between the commas; give one.");
  }

  @Test
  void oneModelJudges() {
    Result result = run(SIGNALS, "--model", "seed,linux-6.9");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .startsWith(
            "sysret-replay: --model seed,linux-6.9: frames asks one model; name one of them.");
  }

  static Stream<Path> everySource() throws IOException {
    List<Path> sources = new ArrayList<>(SampleTraces.folders());
    try (Stream<Path> made = Files.list(SampleTraces.ROOT.resolve("synthetic"))) {
      made.filter(it -> it.toString().endsWith(".perf.script")).sorted().forEach(sources::add);
    }
    return sources.stream();
  }

  @ParameterizedTest
  @MethodSource("everySource")
  void noLineIsWiderThanATerminal(Path source) {
    for (String model : List.of("seed", "fred")) {
      Result result = run(source, "--limit", "all", "--model", model, "--quiet");
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines().filter(it -> !it.contains("sysret-replay explain")))
          .allMatch(it -> it.length() <= 80)
          .hasSizeGreaterThan(5);
    }
  }

  @ParameterizedTest
  @MethodSource("everySource")
  void explainSaysTheSameOfEveryKindOfFrame(Path source) throws IOException {
    for (String model : List.of("seed", "linux-3.19", "linux-6.9")) {
      for (JsonNode frame : oneOfEachKind(source, "--model", model)) {
        Result told =
            CliRunner.run("explain", source, frame.get("frame").textValue(), "--model", model);
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out())
            .as(frame.toString())
            .contains("Outcome: " + frame.get("outcome").textValue() + ", ")
            .contains(
                "Frame %d of %s/%s\n"
                    .formatted(
                        frame.get("seq").asLong(),
                        frame.get("workload").textValue(),
                        frame.get("trace").textValue()));
        for (JsonNode reason : frame.get("all_miss")) {
          assertThat(told.out()).contains(reason.textValue() + ": ");
        }
        String cause = frame.get("cause").asText("null");
        assertThat(told.out().toLowerCase())
            .contains("\ncause" + (cause.equals("null") ? "" : " " + cause));
      }
    }
  }

  private static List<JsonNode> oneOfEachKind(Path source, Object... options) throws IOException {
    Object[] line =
        Stream.concat(Stream.of(source, "--format", "jsonl", "--quiet"), Stream.of(options))
            .toArray();
    Map<String, JsonNode> kinds = new LinkedHashMap<>();
    for (String each : run(line).out().lines().toList()) {
      JsonNode frame = new ObjectMapper().readTree(each);
      kinds.putIfAbsent(
          frame.get("outcome").asText() + frame.get("all_miss") + frame.get("cause"), frame);
    }
    assertThat(kinds).isNotEmpty();
    return List.copyOf(kinds.values());
  }

  @Test
  void theCommandBelowTheListExplainsTheFrameAsItIsJudged() {
    Result result =
        run(
            SIGNALS,
            "--model",
            "6.12",
            "--as-recorded",
            "--untraced",
            "--quiet",
            "--outcome",
            "iret_miss");
    String line =
        result.out().lines().filter(it -> it.contains("replay explain")).findFirst().orElseThrow();
    assertThat(line)
        .startsWith("  sysret-replay explain ")
        .contains(" --model 6.12 ", " --as-recorded ", " --untraced ")
        .doesNotContain("--quiet", "--outcome");
    Result told = CliRunner.run((Object[]) line.strip().replaceFirst("^\\S+ ", "").split(" "));
    assertThat(told.exit()).as(told.err()).isZero();
    assertThat(told.out()).contains("Outcome: IRET_MISS, ");
  }

  @Test
  void everyColumnOfByIsAnOptionOfThatName() {
    String help = run("--help").out();
    for (GroupColumn column : Questions.COLUMNS) {
      assertThat(help).contains("\n      --" + column.key() + "=");
    }
    assertThat(help).contains("      --outcome=", "      --reason=", "      --of-workload=");
  }

  /** Over many traces at once, as many frames are listed as the report counts. */
  @ParameterizedTest
  @CsvSource({
    "comm, sh",
    "cause, execve",
    "entry, fork",
    "stage, amended",
    "cpu, 1",
    "cause, -",
  })
  void theCountIsTheReports(String column, String value) throws IOException {
    Result report =
        CliRunner.run("report", SampleTraces.ROOT, "--by", column, "--format", "json", "--quiet");
    long exits = 0;
    for (JsonNode row : new ObjectMapper().readTree(report.out()).get("rows")) {
      String cell = row.get(column.equals("cause") ? "group_cause" : column).asText();
      exits += cell.equals(value.equals("-") ? "null" : value) ? row.get("exits").asLong() : 0;
    }
    assertThat(exits).isPositive();
    assertThat(run(SampleTraces.ROOT, "--" + column, value, "--limit", "0", "--quiet").out())
        .contains("\n0 of %,d frames shown; --limit N shows more".formatted(exits));
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnyWork() {
    assertRefused("--limit few: give a number from 0 on, or \"all\".", "--limit", "few");
    assertRefused("--limit -1: give a number from 0 on, or \"all\".", "--limit=-1");
    assertRefused(
        "--format xml: there is no such format; choose from text, jsonl, csv, parquet.",
        "--format",
        "xml");
    assertRefused(
        "--format parquet: Parquet files lie in a folder; name one with -o, or give --format jsonl.",
        "--format",
        "parquet");
    assertRefused("--model all: frames asks one model; name it.", "--model", "all");
    assertRefused(
        "--stage finale: there is no such stage; perhaps final; choose from final,"
            + " amended, early.",
        "--stage",
        "finale");
    assertRefused(SIGNALS + ": this is also the input; name another file.", "-o", SIGNALS);
    assertRefused(folder + ": this is a folder; name a file.", "-o", folder);
    assertRefused(
        folder + ": this is there already, and this program did not write it; name a new folder.",
        "--format",
        "parquet",
        "-o",
        folder);
  }

  private static void assertRefused(String sentence, Object... options) {
    Result result = run(Stream.concat(Stream.of(SIGNALS), Stream.of(options)).toArray());
    assertThat(result.err()).isEqualTo("sysret-replay: " + sentence + "\n");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aNameThatNoFrameHasIsToldAndTheListIsEmpty() {
    Result result = run(SIGNALS, "--comm", "strom");
    assertThat(result.err())
        .isEqualTo("sysret-replay: --comm strom: no frame has that; perhaps storm.\n");
    assertThat(result.out())
        .startsWith("Frames of comm strom, judged by seed\n\nThere are none.\n\nInput: 3,831");
    assertThat(result.exit()).isZero();
  }

  @Test
  void aBackslashMakesACommaOrADashANameLikeOthers() throws IOException {
    Path trace =
        JsonLines.write(
            folder,
            "names.jsonl",
            JsonLines.HIT.replace("\"comm\":\"x\",", ""),
            JsonLines.HIT.replace("\"comm\":\"x\"", "\"comm\":\"-\""),
            JsonLines.HIT.replace("\"comm\":\"x\"", "\"comm\":\"a,b\""),
            JsonLines.HIT.replace("\"comm\":\"x\"", "\"comm\":\"a\""));
    assertThat(numbers(trace, "-")).containsExactly(0);
    assertThat(numbers(trace, "\\-")).containsExactly(1);
    assertThat(numbers(trace, "a\\,b")).containsExactly(2);
    assertThat(numbers(trace, "a,b")).containsExactly(3);
    assertThat(numbers(trace, "\\-,-")).containsExactly(0, 1);
    assertThat(CliRunner.run("frames", "--help").out().replaceAll("\\s+", " "))
        .contains("a comma within a value is written \\, and the name - itself \\-.");
  }

  private static List<Integer> numbers(Path trace, String comm) {
    return run(trace, "--comm", comm, "--format", "csv")
        .out()
        .lines()
        .skip(1)
        .map(it -> Integer.parseInt(it.split(",")[3]))
        .toList();
  }

  @Test
  void whatCannotBeReadIsToldAsByTheReport() {
    Path bad = SampleTraces.ROOT.resolve("bad/photo.jpg");
    Result alone = run(bad);
    assertThat(alone.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(alone.err()).isEqualTo(CliRunner.run("report", bad).err());
    assertThat(alone.out()).isEmpty();
    Result both = run(bad, SIGNALS, "--limit", "1");
    assertThat(both.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(both.out()).contains("1 of 1,866 frames shown");
  }

  @Test
  void fileAndStandardOutputHoldTheSame() throws IOException {
    for (String format : List.of("text", "jsonl", "csv")) {
      Path file = folder.resolve("list");
      Object[] line = {SIGNALS, "--format", format, "--limit", "30", "-o", file};
      assertThat(run(line).out()).isEmpty();
      line[6] = "-";
      assertThat(run(line).out()).isEqualTo(Files.readString(file));
    }
  }

  /** A list of frames in JSON lines is a recording that report reads. */
  @Test
  void itsJsonLinesAreReadAgain() throws IOException {
    Path file = folder.resolve("w.jsonl");
    run(SIGNALS, "--format", "jsonl", "--as-recorded", "-o", file);
    Object[] options = {"--workload", "w", "--format", "csv", "--model", "seed", "--as-recorded"};
    Object[] again = Stream.concat(Stream.of("report", file), Stream.of(options)).toArray();
    Object[] first = Stream.concat(Stream.of("report", SIGNALS), Stream.of(options)).toArray();
    assertThat(CliRunner.run(again).out()).isEqualTo(CliRunner.run(first).out());
  }

  @Test
  void exitsThatWereCountedTogetherAreShownWithTheirCount() throws IOException {
    Path trace =
        JsonLines.write(
            folder,
            "c.jsonl",
            JsonLines.HIT.replace("{\"ts_ns", "{\"count\":1200,\"ts_ns"),
            JsonLines.HIT);
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", trace, "--into", store).exit()).isZero();
    Result result = run(trace, "--comm", "x");
    assertThat(result.out())
        .contains("getpid (1,200 exits counted together)\n")
        .contains("\n2 of 2 frames, which stand for 1,201 exits, shown.\n")
        .containsPattern("explain \\S+ \\S+:1\n");
    assertThat(run(store, "--comm", "x").out().lines().limit(6))
        .isEqualTo(result.out().lines().limit(6).toList());
    assertThat(run(trace, "--second", "1").out()).contains("1 of 1 frames");
    assertThat(run(trace, "--format", "csv").out().lines().skip(1).findFirst().orElseThrow())
        .contains(",1200,seed,");
  }

  @Test
  void namesAreExactInCsvAndDoNothingToASpreadsheet() throws IOException {
    Path trace =
        JsonLines.write(folder, "h.jsonl", JsonLines.HIT.replace("\"x\"", "\"=1,\\\"2\\\"\\nx\""));
    assertThat(run(trace, "--format", "csv").out()).contains(",\"'=1,\"\"2\"\"\nx\",");
    assertThat(run(trace, "--format", "csv", "--exact-cells").out())
        .contains(",\"=1,\"\"2\"\"\nx\",");
    for (String command : List.of("frames", "report")) {
      Result text = CliRunner.run(command, trace, "--exact-cells");
      assertThat(text.err())
          .isEqualTo(
              "sysret-replay: --exact-cells: only CSV has such cells; give --format csv, or leave it"
                  + " out.\n");
      assertThat(text.exit()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(run(trace, "--format", "csv", "--comm", "=1\\,\"2\"\nx").out().lines()).hasSize(3);
    assertThat(run(trace).out()).contains(" =1,\"2\"\ufffdx/8 getpid\n");
  }

  @Test
  void anEventIsMeantWithItsGroupAndWithout() {
    Result whole = run(SIGNALS, "--event", "exceptions:page_fault_user", "--format", "csv");
    Result bare = run(SIGNALS, "--event", "page_fault_user", "--format", "csv");
    assertThat(bare.err()).isEmpty();
    assertThat(bare.out()).isEqualTo(whole.out()).contains("page_fault_user");
    assertThat(run(SIGNALS, "--event", "page_fault_usr").err())
        .isEqualTo(
            "sysret-replay: --event page_fault_usr: no frame has that; perhaps page_fault_user.\n");
    assertThat(run(SIGNALS, "--event", "exceptions:page_fault_usr").err())
        .contains("; perhaps exceptions:page_fault_user.\n");
  }
}
