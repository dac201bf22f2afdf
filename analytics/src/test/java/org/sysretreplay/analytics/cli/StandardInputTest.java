package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The commands with {@code -}, reading from standard input. */
class StandardInputTest {

  private static final InputStream STDIN = System.in;

  @TempDir Path folder;

  static Stream<Path> recordings() {
    return Stream.of(
            "flavours/pipe.perf.data", "flavours/pipe.perf.script.gz", "trap-flag/perf.data")
        .map(SampleTraces.ROOT::resolve);
  }

  @AfterEach
  void giveBack() {
    System.setIn(STDIN);
  }

  private static Result piped(Path recording, Object... args) throws IOException {
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(recording)));
    return CliRunner.run(args);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aReportIsThatOfTheFile(Path recording) throws IOException {
    Result ofFile = CliRunner.run("check", recording, "--workload", "w", "--format", "json");
    Result ofPipe = piped(recording, "check", "-", "--workload", "w", "--format", "json");
    assertThat(ofPipe).isEqualTo(ofFile);
    assertThat(ofPipe.exit()).isZero();
  }

  @Test
  void theKernelOfAStreamIsKnownBeforeItIsJudged() throws IOException {
    Path recording = SampleTraces.ROOT.resolve("flavours/pipe.perf.data");
    Result ofPipe = piped(recording, "check", "-", "--model", "auto", "--format", "csv");
    assertThat(ofPipe.exit()).isZero();
    assertThat(ofPipe.out())
        .isEqualTo(
            CliRunner.run(
                    "check", recording, "--workload", "stdin", "--model", "auto", "--format", "csv")
                .out());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void twoKernelsCompareOneStream(Path recording) throws IOException {
    Result ofPipe = piped(recording, "compare", "-", "@linux-6.9", "--workload", "w");
    assertThat(ofPipe.exit()).isZero();
    assertThat(ofPipe.out()).contains("\n w ");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aStreamIsOneSideOfAComparison(Path recording) throws IOException {
    Result ofPipe = piped(recording, "compare", recording, "-", "--fail-below", "0");
    assertThat(ofPipe.exit()).isZero();
  }

  @Test
  void aFrameOfAStreamIsExplained() throws IOException {
    Result ofPipe = piped(SampleTraces.ROOT.resolve("trap-flag/perf.data"), "explain", "-", "3");
    assertThat(ofPipe.exit()).isZero();
    assertThat(ofPipe.out()).startsWith("Frame 3 of stdin/stdin-");
  }

  @Test
  void theSameStreamIsInAStoreOnce() throws IOException {
    Path recording = SampleTraces.ROOT.resolve("trap-flag/perf.data");
    Path store = folder.resolve("store");
    Result once = piped(recording, "ingest", "-", "--into", store);
    assertThat(once.out()).startsWith("stdin: workload stdin, trace stdin-");
    assertThat(piped(recording, "ingest", "-", "--into", store).out()).isEqualTo(once.out());
    assertThat(CliRunner.run("report", store, "--format", "csv").out())
        .isEqualTo(
            CliRunner.run("check", recording, "--workload", "stdin", "--format", "csv").out());
  }

  @Test
  void whatIsWrongIsToldByTheNameOfTheStream() throws IOException {
    Result refused = piped(SampleTraces.ROOT.resolve("bad/other-machine.perf.data"), "check", "-");
    assertThat(refused.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.err())
        .isEqualTo(
            "sysret-replay: stdin: it was recorded on aarch64, and only exits of x86-64 can be"
                + " judged; record on x86-64.\n");
  }
}
