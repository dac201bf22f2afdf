package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Reports by windows of time, from a recording and from a store. */
class WindowsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RECORDING = SampleTraces.ROOT.resolve("shell/perf.data");

  @TempDir private Path folder;

  private static Result report(Path source, Object... options) {
    Object[] args = new Object[options.length + 3];
    args[0] = "report";
    args[1] = source;
    args[2] = "--quiet";
    System.arraycopy(options, 0, args, 3, options.length);
    Result result = CliRunner.run(args);
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  private static Map<Long, Long> exitsBy(String key, Path source, String by) throws IOException {
    Map<Long, Long> exits = new TreeMap<>();
    String json = report(source, "--by", by, "--format", "json").out();
    for (JsonNode row : JSON.readTree(json).get("rows")) {
      exits.merge(row.get(key).longValue(), row.get("exits").longValue(), Long::sum);
    }
    return exits;
  }

  /** Frames by window, counted from the times that the command frames lists. */
  private static Map<Long, Long> counted(Path source, long width) throws IOException {
    String frames =
        CliRunner.run("frames", source, "--limit", "all", "--format", "jsonl", "--quiet").out();
    Map<Long, Long> exits = new TreeMap<>();
    for (String line : frames.lines().toList()) {
      long time = JSON.readTree(line).get("ts_ns").longValue();
      exits.merge(time - time % width, 1L, Long::sum);
    }
    return exits;
  }

  @ParameterizedTest
  @CsvSource({
    "window=1ns, 1",
    "window=250us, 250000",
    "window=10ms, 10000000",
    "window=1s, 1000000000",
    "window=1h, 3600000000000",
    "'second,window=10ms', 10000000",
    "'window=10ms,comm', 10000000",
  })
  void hasTheExitsOfTheFramesInEach(String by, long width) throws IOException {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", RECORDING, "--into", store, "--quiet").exit()).isZero();
    Map<Long, Long> expected = counted(RECORDING, width);
    assertThat(exitsBy("window", RECORDING, by)).isEqualTo(expected);
    assertThat(exitsBy("window", store, by)).isEqualTo(expected);
  }

  @Test
  void csvHasTheStartInNanoseconds() throws IOException {
    Path trace = JsonLines.write(folder, "two.jsonl", at(1_500_000_000), at(1_799_999_999));
    assertThat(report(trace, "--by", "window=100ms", "--format", "csv").out().lines())
        .extracting(line -> line.split(",")[2])
        .containsExactly("window", "1500000000", "1700000000");
  }

  @Test
  void textCountsFromTheFirstWindowOfTheWorkload() throws IOException {
    Path trace =
        JsonLines.write(
            folder, "some.jsonl", at(1_820_000_000), at(1_510_000_000), at(1_599_000_000));
    assertThat(report(trace, "--by", "window=100ms").out())
        .contains(
            """
             window  exits  SYSRET  IRET     rate    share
             +0.0 s      2       2     0  100.0 %  100.0 %  ############
             +0.3 s      1       1     0  100.0 %  100.0 %  ############
            """);
  }

  @Test
  void aLineOfMarksShowsTheShareOverTime() throws IOException {
    Path trace =
        JsonLines.write(
            folder,
            "some.jsonl",
            at(1_510_000_000),
            at(1_820_000_000),
            JsonLines.FAULT.replace("1500000000", "1830000000"),
            JsonLines.FAULT.replace("1500000000", "1999999999"));
    assertThat(report(trace, "--by", "window=100ms").out())
        .contains(
            """
            SYSRET share over time, from 0 to 100 %: a mark is 100ms, the first from
            1.500000000 s on by the recorder's clock
             9  50
            """);
    assertThat(report(trace, "--by", "second").out()).doesNotContain("over time");
  }

  @Test
  void marksStandForMoreTimeWhereThereWouldBeTooMany() throws IOException {
    Path trace = JsonLines.write(folder, "long.jsonl", at(0), at(1_000_000_000), at(1_580_000_000));
    assertThat(report(trace, "--by", "window=10ms").out())
        .contains(" a mark is 30ms, the first from\n0.000000000 s on by")
        .contains("\n 9" + " ".repeat(32) + "9" + " ".repeat(18) + "9\n");
  }

  /** Such times lie farther apart than a long has nanoseconds. */
  @Test
  void timesOfAnyDistanceAreReportedOn() throws IOException {
    long far = 5_000_000_000_000_000_000L;
    Path trace = JsonLines.write(folder, "far.jsonl", at(-far), at(0), at(far));
    assertThat(report(trace, "--by", "window=1h").out())
        .contains("SYSRET share over time")
        .containsPattern("(?m)^ +\\+0 s +1 ")
        .containsPattern("(?m)^ +\\+5,000,000,400 s +1 ")
        .containsPattern("(?m)^ +\\+9,999,997,200 s +1 ");
    assertThat(report(trace, "--by", "window=1ns").out())
        .doesNotContain("SYSRET share over time")
        .containsPattern("(?m)^ +\\+10,000,000,000,000,000\\.000 us +1 ");
    assertThat(report(trace, "--by", "second").out()).contains("SYSRET share over time");
    assertThat(report(trace, "--format", "html", "-o", "-").out())
        .containsPattern("\"at\":\\[0,\\d+,\\d+\\]");
  }

  private static String at(long nanos) {
    return JsonLines.HIT.replace("1500000000", Long.toString(nanos));
  }
}
