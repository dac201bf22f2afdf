package org.sysretreplay.ingest.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/** The same recording gives the same frames in each of perf's encodings. */
class SameFramesTest {

  private static final long NANOS_PER_MICRO = 1_000;

  private static final Pattern TIME = Pattern.compile("\\] +(\\d+\\.\\d{9}): ");

  static Stream<Arguments> workloads() {
    return Traces.workloads().stream()
        .flatMap(workload -> Stream.of(Reading.values()).map(it -> Arguments.of(workload, it)));
  }

  private static Traces.Whole data(Path workload, Reading reading) {
    return Traces.readAll(TraceFormat.PERF_DATA, workload.resolve("perf.data"), reading);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void perfDataAndItsTextGiveTheSameRecords(Path workload, Reading reading) {
    Traces.Whole data = data(workload, reading);
    Traces.Whole text =
        Traces.readAll(TraceFormat.PERF_SCRIPT, workload.resolve("perf.script.gz"), reading);
    assertThat(data.counts()).isEqualTo(text.counts());
    assertThat(data.counts().accepted()).isPositive();
    assertThat(data.records()).isEqualTo(text.records());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void textWithoutNanosecondsDiffersInTheTimesOnly(
      Path workload, Reading reading, @TempDir Path folder) throws IOException {
    Path micros =
        Files.writeString(
            folder.resolve("perf.script"),
            text(workload).replaceAll("(?m)^(.{17,}?\\] +\\d+\\.\\d{6})\\d{3}:", "$1:"));
    List<TraceRecord> expected =
        data(workload, reading).records().stream().map(SameFramesTest::inMicroseconds).toList();
    assertThat(Traces.readAll(TraceFormat.PERF_SCRIPT, micros, reading).records())
        .isEqualTo(expected);
  }

  /** Lines of equal times keep their order, because nothing else tells it. */
  @ParameterizedTest
  @MethodSource("workloads")
  void textInDisorderGivesTheSameRecords(Path workload, Reading reading, @TempDir Path folder)
      throws IOException {
    List<String> comments = text(workload).lines().filter(it -> it.startsWith("#")).toList();
    Map<String, List<String>> moments =
        text(workload)
            .lines()
            .filter(it -> !it.startsWith("#"))
            .collect(groupingBy(SameFramesTest::time, LinkedHashMap::new, toList()));
    List<List<String>> shuffled = new ArrayList<>(moments.values());
    Collections.shuffle(shuffled, new Random(workload.toString().length()));
    List<String> lines = new ArrayList<>(comments);
    shuffled.forEach(lines::addAll);
    Path file = Files.write(folder.resolve("perf.script"), lines);

    assertThat(Traces.readAll(TraceFormat.PERF_SCRIPT, file, reading).records())
        .isEqualTo(data(workload, reading).records());
  }

  private static String time(String line) {
    Matcher time = TIME.matcher(line);
    assertThat(time.find()).as(line).isTrue();
    return time.group(1);
  }

  /** Only the assembler uses the recorder's list of events. */
  @ParameterizedTest
  @MethodSource("workloads")
  void textWithoutItsHeaderDiffersInTheStagesOnly(
      Path workload, Reading reading, @TempDir Path folder) throws IOException {
    Path bare =
        Files.write(
            folder.resolve("perf.script"),
            text(workload).lines().filter(it -> !it.startsWith("#")).toList());

    assertThat(Traces.readAll(TraceFormat.PERF_SCRIPT, bare, reading).records())
        .usingElementComparator(
            (left, right) -> Traces.withoutStage(left).equals(Traces.withoutStage(right)) ? 0 : 1)
        .isEqualTo(data(workload, reading).records());
  }

  private static String text(Path workload) throws IOException {
    return new String(Traces.perfScript(workload), StandardCharsets.UTF_8);
  }

  private static TraceRecord inMicroseconds(TraceRecord record) {
    if (record instanceof Accepted exit) {
      return new Accepted(inMicroseconds(exit.frame()));
    }
    return record instanceof InKernel interrupt
        ? new InKernel(inMicroseconds(interrupt.frame()))
        : record;
  }

  private static ExitFrame inMicroseconds(ExitFrame frame) {
    long nanos = frame.timeNanos().orElseThrow();
    return new ExitFrame(
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
        frame.assembly());
  }
}
