package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.TraceBytes;

/** Tries every format's sniffer on every sample: exactly one claims it, or none. */
class SniffTest {

  private static final String JSON_LINE =
      "{\"rip\":\"0x1\",\"rcx\":\"0x1\",\"r11\":2,\"rflags\":2,\"cs\":\"0x33\",\"ss\":\"0x2b\"}\n";

  /** The format of a file by its name, whatever is in it. */
  private static final Map<TraceFormat, Pattern> NAMES =
      Map.of(
          TraceFormat.PERF_DATA, Pattern.compile(".*perf\\.data(\\.gz)?"),
          TraceFormat.PERF_SCRIPT, Pattern.compile(".*perf\\.script(\\.gz)?"),
          TraceFormat.FTRACE, Pattern.compile(".*\\.trace(\\.gz)?"),
          TraceFormat.JSONL, Pattern.compile(".*\\.jsonl(\\.gz)?"));

  /** Files of which not even one byte can be read. */
  private static final Set<String> WITHOUT_HEAD =
      Set.of("empty.perf.data", "not-gzip-inside.perf.script.gz");

  private static final int LEAST_BYTES = 64;

  /** The samples begin with comments of users, which look like those of perf script. */
  private static final int LEAST_BYTES_OF_FTRACE = 512;

  /** A prime, so that heads end at every place of a line. */
  private static final int STEP = 127;

  /** A sample, and its format, if it is a trace. */
  record Sample(Path file, Optional<TraceFormat> format) {

    static Sample of(Path file) {
      String name = file.getFileName().toString();
      return new Sample(
          file,
          Stream.of(TraceFormat.values())
              .filter(it -> NAMES.containsKey(it) && NAMES.get(it).matcher(name).matches())
              .findFirst());
    }

    int leastBytes() {
      return format.equals(Optional.of(TraceFormat.FTRACE)) ? LEAST_BYTES_OF_FTRACE : LEAST_BYTES;
    }
  }

  static List<Sample> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Traces.samples())) {
      return files
          .filter(it -> Files.isRegularFile(it))
          .filter(it -> !WITHOUT_HEAD.contains(it.getFileName().toString()))
          .map(Sample::of)
          .toList();
    }
  }

  @Test
  void thereAreSamplesOfEveryFormatThatHasAName() throws IOException {
    assertThat(samples())
        .extracting(it -> it.format().orElse(null))
        .contains(null, TraceFormat.PERF_DATA, TraceFormat.PERF_SCRIPT)
        .contains(TraceFormat.FTRACE, TraceFormat.JSONL);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsOfItsFormatOnlyWhereverItsHeadEnds(Sample sample) {
    byte[] head = TraceBytes.head(sample.file(), Head.BYTES);
    List<TraceFormat> its = sample.format().stream().toList();
    assertThat(claimants(head)).isEqualTo(its);
    for (int length = 0; length < head.length; length += STEP) {
      List<TraceFormat> claimants = claimants(Arrays.copyOf(head, length));
      assertThat(claimants).as("of %d bytes", length).isSubsetOf(its);
      assertThat(length < sample.leastBytes() || claimants.equals(its))
          .as("%d bytes tell %s", length, its)
          .isTrue();
    }
  }

  @Test
  void aTableOfFramesIsParquetOnlyWhereverItsHeadEnds() throws IOException {
    byte[] table =
        Traces.parquet(
            Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames());
    for (int length = LEAST_BYTES; length <= Math.min(table.length, Head.BYTES); length += STEP) {
      assertThat(claimants(Arrays.copyOf(table, length))).containsExactly(TraceFormat.PARQUET);
    }
  }

  // Lines that are made up

  @Property(tries = 500)
  void linesOfPerfScriptArePerfScriptOnly(
      @ForAll("scriptLine") String first,
      @ForAll("scriptLine") String second,
      @ForAll @DoubleRange(max = 1) double part) {
    assertThat(claimants(cut(first, second, part))).containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @Property(tries = 500)
  void linesOfFtraceAreFtraceOnly(
      @ForAll("ftraceLine") String first,
      @ForAll("ftraceLine") String second,
      @ForAll @DoubleRange(max = 1) double part) {
    assertThat(claimants(cut(first, second, part))).containsExactly(TraceFormat.FTRACE);
  }

  @Test
  void aThreadOfFtraceMayBeCalledSlash() {
    String line =
        "               /-10691 [114] 21.417513264: sysret_syscall: (ffffffff8a598394) ip=0x47b7a0\n";
    assertThat(claimants((line + line).getBytes(StandardCharsets.UTF_8)))
        .containsExactly(TraceFormat.FTRACE);
  }

  @Property(tries = 500)
  void linesOfJsonAreJsonLinesOnly(
      @ForAll("jsonLine") String first,
      @ForAll("jsonLine") String second,
      @ForAll @DoubleRange(max = 1) double part) {
    assertThat(claimants(cut(first, second, part))).containsExactly(TraceFormat.JSONL);
  }

  @Property(tries = 500)
  void aFirstLineCutInHalfDoesNotHideTheFormat(
      @ForAll("scriptLine") String script,
      @ForAll("ftraceLine") String ftrace,
      @ForAll @DoubleRange(max = 1) double part) {
    assertThat(format(behind(script, part) + script)).contains(TraceFormat.PERF_SCRIPT);
    assertThat(format(behind(ftrace, part) + ftrace)).contains(TraceFormat.FTRACE);
  }

  /** The first line and a part of the second. */
  private static String cut(String first, String second, double part) {
    return first + second.substring(0, (int) (part * second.length()));
  }

  private static String behind(String line, double part) {
    return line.substring((int) (part * line.length()));
  }

  /**
   * Names of tasks with blanks, dashes, slashes, digits and brackets. They do not begin with a
   * hash, because text that lost its alignment begins with the name and would be a comment. Ends
   * that make a dash look like a sign are tested separately.
   */
  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars(" -/:_.()[]<>#")
        .ofMinLength(1)
        .ofMaxLength(15)
        .filter(name -> !name.matches("#.*|.* |.*\\d/"));
  }

  private static Arbitrary<Integer> tasks() {
    return Arbitraries.integers().between(0, 1 << 22);
  }

  /** Times with microseconds or nanoseconds. */
  private static Arbitrary<String> times() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9_999_999), Arbitraries.of("417513", "417513264"))
        .as((seconds, fraction) -> seconds + "." + fraction);
  }

  @Provide
  Arbitrary<String> scriptLine() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "raw_syscalls:sys_exit: NR 39 = 1 ABI:2 AX:0x1 CX:0x401000\n",
            "sched:sched_switch: sh:5 [120] R ==> a-b:7 [120] ABI:2 AX:0x1\n",
            "1 raw_syscalls:sys_exit: NR 1 = -1\n",
            "PERF_RECORD_LOST lost 17\n");
    return Combinators.combine(
            names(),
            tasks(),
            Arbitraries.of("%16s %5d/%<-5d [%03d] %12s: %s", "%s %d [%03d] %s: %s"),
            Arbitraries.integers().between(0, 4095),
            times(),
            fields)
        .as((name, task, layout, cpu, time, rest) -> layout.formatted(name, task, cpu, time, rest));
  }

  @Provide
  Arbitrary<String> ftraceLine() {
    Arbitrary<String> layouts =
        Arbitraries.of(
            "%16s-%-7d [%03d] d..1. %12s: %s",
            "%16s-%-7d (    230) [%03d] ..... %12s: %s",
            "%16s-%-7d (-------) [%03d] d.h1. %12s: %s",
            "%16s-%-5d [%03d] %12s: %s");
    Arbitrary<String> fields =
        Arbitraries.of(
            "sysret_syscall: (ffffffff8a598394) ip=0x47b7a0 cx=0x47b7a0\n",
            "sched_switch: sh:5 [120] R ==> bash:7 [120]\n",
            "tracing_mark_write: waits for 5 [3] 1.5: no\n");
    return Combinators.combine(
            names(), tasks(), layouts, Arbitraries.integers().between(0, 4095), times(), fields)
        .as((name, task, layout, cpu, time, rest) -> layout.formatted(name, task, cpu, time, rest));
  }

  @Provide
  Arbitrary<String> jsonLine() {
    List<String> fields =
        List.of(
            "\"rip\":\"0x47b7a0\"",
            "\"rcx\": 4700064",
            "\"r11\":\"0x202\"",
            "\"entry\":\"fork\"",
            "\"comm\":\"%s\"",
            "\"event\" : \"a 5/5 [003] 1.5: e: b-5 [003] 1.5: e: \"",
            "\"nr\":39");
    return Combinators.combine(
            Arbitraries.shuffle(fields), names(), Arbitraries.of("{%s}\n", "  { %s }\n"))
        .as(
            (shuffled, name, object) ->
                object.formatted(String.join(",", shuffled).formatted(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# tracer: nop\n#\n",
        "# os release : 6.12.95\n# tracer: nop\n#\n",
        "CPU:1 [LOST 190 EVENTS]\n              ls-12      [000] d..1.     1.5: e: \n",
        "CPU 0 is empty\ncpus=2\n              ls-12    [000]     1.500000: e:      x\n",
        "version = 7\ncpus=2\n              ls-12    [001]161327467720: e:      x\n",
        "f half a line\n              ls-12      (     12) [000] .....     1.5: e: \n",
        "          <idle>-0       (-------) [001] d.h1.     1.5: e: \n"
      })
  void textOfFtraceWithAndWithoutItsHeader(String text) {
    assertThat(claimants(text)).containsExactly(TraceFormat.FTRACE);
  }

  @Test
  void aLineWithAFrameKeyIsJsonLinesOnly() {
    assertThat(claimants(JSON_LINE)).containsExactly(TraceFormat.JSONL);
    assertThat(claimants("\n  {\"comm\": \"a 1/1 [0] 1.0: b\", \"rip\" : 1}\n"))
        .containsExactly(TraceFormat.JSONL);
  }

  /** As bpftrace says how many probes it attaches, or where a text was cut at its beginning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Attaching 3 probes...\n",
        "[12:00:01] attached\n",
        "Attaching 3 probes...\n\nLost 122 events\n",
        "0x1\",\"rcx\":\"0x1\"}\n",
        "{\"recorder\":\"mine\"}\n",
        "# mine\n"
      })
  void linesOfTheRecordersOwnMayStandAboveLinesOfJson(String above) {
    assertThat(claimants(above + JSON_LINE)).containsExactly(TraceFormat.JSONL);
    assertThat(claimants(above + JSON_LINE.repeat(100))).containsExactly(TraceFormat.JSONL);
    assertThat(claimants(above + (JSON_LINE + "Lost 1 events\n").repeat(100)))
        .containsExactly(TraceFormat.JSONL);
  }

  @Test
  void aTextWithSomeFramesOfJsonInItIsNotClaimed() {
    assertThat(claimants("a\nb\n" + JSON_LINE + "c\nd\ne\n")).isEmpty();
    assertThat(claimants("a\nb\nc\nd\n" + JSON_LINE + JSON_LINE)).isEmpty();
    assertThat(claimants("a\n{\"entry\":\"fork\"}\n{\"entry\":\"x\"}\n")).isEmpty();
    String script = "   ls  12/12  [000] 1.5: e: \n";
    assertThat(claimants(script.repeat(4) + JSON_LINE.repeat(9)))
        .containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"args\":{\"fd\":3},\"comm\":\"x\",\"rip\":1}",
        "{\n\"args\":{\"to\":{\"fd\":3},\"of\":{}},\n\"comm\":\"x\",\n\"rip\":1\n}",
        "{\n\"comm\":\"a}b\",\n\"rip\":1\n}",
        "{\"comm\":\"{{\",\"rip\":1}",
        "{\"comm\":\"a\\\"}b\",\"rip\":1}",
        "{\"comm\":\"\\\\\",\"x\":\"}\",\"rip\":1}"
      })
  void theFirstObjectEndsAtItsOwnBrace(String object) {
    assertThat(claimants("[" + object)).containsExactly(TraceFormat.JSONL);
    assertThat(claimants("[\n" + object + ",\n" + object + "]")).containsExactly(TraceFormat.JSONL);
    assertThat(claimants("{\n" + object.substring(1))).containsExactly(TraceFormat.JSONL);
    assertThat(claimants("[" + object.replace("rip", "x") + "," + object + "]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"thread\":{\"rip\":1},\"text\":\"x\"}]",
        "[{\"thread\":{\"id\":1},\"registers\":[{\"rip\":1}]}]",
        "[{\"text\":\"\\\"rip\\\":1\"}]",
        "[{},{\"rip\":1}]",
        "[{\"text\":\"",
        "[{\"text\":\"\\",
        "[\"a\"]"
      })
  void objectsWithoutARegisterOfTheirOwnAreNotClaimed(String text) {
    assertThat(claimants(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ========\n# captured on    : Sun Nov 22 06:33:11 2026\n# ========\n#\n",
        "# captured on    : Sun Nov 22 06:33:11 2026\n",
        "\n\n   ls  12/12  [000] 1.5: e: \n",
        "x0 NR 1 = 1 ABI:2 CX:0x1\n   ls  12/12  [000] 1.5: e: \n",
        "ls 12 [000] 1.5: e: \n",
        "             :-1    -1/-1    [000] 1.5: e: \n",
        "             :-1    -1 [000] 1.5: e: \n",
        "                    12/12    [000] 1.5: e: \n",
        "ls 12/12 [000] raw_syscalls:sys_exit: NR 1 = 1\n",
        "ls 12/12 [000] 1.5: ABI:2 AX:0x1\n",
        "ls 12 [000] 1.5:          1 raw_syscalls:sys_exit: NR 1 = 1\n"
      })
  void textWithAHeaderOrWithAHalfFirstLineIsPerfScript(String text) {
    assertThat(claimants(text)).containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "expected.py",
        "record",
        "flavours/record-ftrace",
        "shell/expected.json",
        "shell/forks.sh"
      })
  void filesBesideTheTracesAreNotClaimed(String name) throws IOException {
    assertThat(claimants(Files.readAllBytes(Traces.samples().resolve(name)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"jpeg,ffd8ffe000104a46494600010101", "empty,''", "one zero byte,00", "elf,7f454c46"})
  void otherFilesAreNotClaimed(String what, String hex) {
    assertThat(claimants(HexFormat.of().parseHex(hex))).as(what).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ==========\n# Settings of the editor\n# ==========\nwidth = 80\n",
        "{\"level\": \"info\", \"text\": \"task 5 [3] x: done\"}\n",
        "cpus=2\n",
        "the queue holds 5 [of 9]: wait\n"
      })
  void otherTextIsNotClaimed(String text) {
    assertThat(claimants(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'a-1 [0] 1.5: x 5 [0] 1.5: y', FTRACE, PERF_SCRIPT",
    "'a 5/5 [0] 1.5: e: x-5 [0] 1.5: y', FTRACE, PERF_SCRIPT",
    "'              1/-6     [1498] 9.5: e: x', FTRACE, PERF_SCRIPT",
    "'  Thread number -148   [019] 1.5: e: x', FTRACE, PERF_SCRIPT"
  })
  void ofSeveralThatClaimAHeadTheLastOfTheListHasIt(
      String line, TraceFormat has, TraceFormat other) {
    assertThat(claimants(line + "\n")).containsExactly(other, has);
    assertThat(format(line + "\n")).contains(has);
  }

  @Test
  void aPackedFileIsClaimedByWhatIsInIt(@TempDir Path folder) throws IOException {
    byte[] line = JSON_LINE.getBytes(StandardCharsets.UTF_8);
    assertThat(TraceFormat.of(Traces.gzip(folder.resolve("a"), line))).contains(TraceFormat.JSONL);
    assertThat(TraceFormat.of(Traces.zstd(folder.resolve("b"), line))).contains(TraceFormat.JSONL);
  }

  @Test
  void aDamagedFileIsKnownByItsReadablePart(@TempDir Path folder) throws IOException {
    byte[] packed = Files.readAllBytes(Traces.samples().resolve("shell").resolve("perf.script.gz"));
    Path half = Files.write(folder.resolve("half.gz"), Arrays.copyOf(packed, packed.length / 2));
    assertThat(TraceFormat.of(half)).contains(TraceFormat.PERF_SCRIPT);
  }

  @Property(tries = 500)
  void randomBytesAreClaimedByOneAtMostAndNeverThrow(@ForAll @Size(max = 400) byte[] bytes) {
    assertThat(claimants(bytes)).hasSizeLessThanOrEqualTo(1);
  }

  @Property(tries = 300)
  void randomTextIsClaimedByOneAtMostAndNeverThrows(@ForAll String text) {
    assertThatCode(() -> claimants(text)).doesNotThrowAnyException();
    assertThat(claimants("{\"rip\":" + text)).hasSizeLessThanOrEqualTo(1);
    assertThat(claimants("a 1/1 [0] " + text)).hasSizeLessThanOrEqualTo(1);
    assertThat(claimants("a-1 [0] 1.5: " + text)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void parquetIsClaimedByParquetAndAnEncryptedOneToo() {
    assertThat(claimants("PAR1\u0015\u0004")).containsExactly(TraceFormat.PARQUET);
    assertThat(claimants("PARE")).containsExactly(TraceFormat.PARQUET);
    assertThat(claimants("PAR")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "perf-data,PERF_DATA",
    "perf-script,PERF_SCRIPT",
    "ftrace,FTRACE",
    "jsonl,JSONL",
    "parquet,PARQUET"
  })
  void everyFormatIsFoundByItsId(String id, TraceFormat format) {
    assertThat(TraceFormat.byId(id)).contains(format);
    assertThat(format.id()).isEqualTo(id);
    assertThat(TraceFormat.byId("elf")).isEmpty();
  }

  private static List<TraceFormat> claimants(String text) {
    return claimants(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<TraceFormat> format(String text) {
    return TraceFormat.of(new Head(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<TraceFormat> claimants(byte[] bytes) {
    return TraceFormat.claimants(
        new Head(Arrays.copyOf(bytes, Math.min(bytes.length, Head.BYTES))));
  }
}
