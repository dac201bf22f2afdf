package org.sysretreplay.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.TraceRecord.Accepted;

/** The same recording gives the same frames in each of perf's encodings. */
class SameFramesTest {

  private static final long NANOS_PER_MICRO = 1_000;

  static List<Path> workloads() {
    return Traces.workloads();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void perfDataAndItsTextGiveTheSameRecords(Path workload) {
    Traces.Whole data = Traces.readAll(TraceFormat.PERF_DATA, workload.resolve("perf.data"));
    Traces.Whole text = Traces.readAll(TraceFormat.PERF_SCRIPT, workload.resolve("perf.script.gz"));
    assertThat(data.counts()).isEqualTo(text.counts());
    assertThat(data.counts().accepted()).isPositive();
    assertThat(data.records()).isEqualTo(text.records());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void textWithoutNanosecondsDiffersInTheTimesOnly(Path workload, @TempDir Path folder)
      throws IOException {
    String text = new String(Traces.perfScript(workload), StandardCharsets.UTF_8);
    Path micros =
        Files.writeString(
            folder.resolve("perf.script"),
            text.replaceAll("(?m)^(.{17,}?\\] +\\d+\\.\\d{6})\\d{3}:", "$1:"));
    List<TraceRecord> expected =
        Traces.readAll(TraceFormat.PERF_DATA, workload.resolve("perf.data")).records().stream()
            .map(SameFramesTest::inMicroseconds)
            .toList();
    assertThat(Traces.readAll(TraceFormat.PERF_SCRIPT, micros).records()).isEqualTo(expected);
  }

  private static TraceRecord inMicroseconds(TraceRecord record) {
    if (!(record instanceof Accepted accepted)) {
      return record;
    }
    ExitFrame frame = accepted.frame();
    long nanos = frame.timeNanos().orElseThrow();
    return new Accepted(
        new ExitFrame(
            frame.seq(),
            OptionalLong.of(nanos - nanos % NANOS_PER_MICRO),
            frame.cpu(),
            frame.task(),
            frame.entry(),
            frame.event(),
            frame.syscall(),
            frame.result(),
            frame.registers(),
            frame.rsp(),
            frame.rax(),
            frame.assembly()));
  }
}
