package org.sysretreplay.ingest.ftrace;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Amendment;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;

/** One run that was recorded with probes, printed in two ways, and at the same time with perf. */
class ProbesTest {

  private static final Path FLAVOURS = Traces.samples().resolve("flavours");
  private static final Path TRACE = FLAVOURS.resolve("probes.trace.gz");
  private static final Path REPORT = FLAVOURS.resolve("probes-trace-cmd.trace.gz");
  private static final Path PERF_DATA = FLAVOURS.resolve("probes.perf.data.gz");

  private static final long NANOS_PER_MICRO = 1_000;

  @Test
  void theFileOfTracefsAndTraceCmdGiveTheSameFrames() {
    for (Reading reading : Reading.values()) {
      Traces.Whole trace = Traces.readAll(TraceFormat.FTRACE, TRACE, reading);
      Traces.Whole report = Traces.readAll(TraceFormat.FTRACE, REPORT, reading);
      assertThat(trace.counts()).isEqualTo(report.counts());
      assertThat(trace.counts().accepted()).isPositive();
      assertThat(trace.counts().rejected()).isZero();
      assertThat(trace.counts().lost()).isZero();
      assertThat(trace.frames().stream().map(ProbesTest::asBothPrint))
          .containsExactlyElementsOf(
              report.frames().stream().map(ProbesTest::asBothPrint).toList());
    }
  }

  /** tracefs rounds to microseconds, and trace-cmd does not print the process. */
  private static ExitFrame asBothPrint(ExitFrame frame) {
    long nanos = frame.timeNanos().orElseThrow();
    long micros = (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    return new ExitFrame(
        frame.seq(),
        OptionalLong.of(micros * NANOS_PER_MICRO),
        frame.cpu(),
        new Task(OptionalLong.empty(), frame.task().tid(), frame.task().comm()),
        frame.entry(),
        frame.event(),
        frame.syscall(),
        frame.result(),
        frame.registers(),
        frame.rsp(),
        frame.rax(),
        frame.assembly());
  }

  /** The parts of a frame that do not depend on the recorder. */
  private record Seen(
      EntryKind entry,
      OptionalLong syscall,
      OptionalLong result,
      Registers registers,
      OptionalLong rsp,
      OptionalLong rax) {

    static Seen of(ExitFrame frame) {
      return new Seen(
          frame.entry(),
          frame.syscall(),
          frame.result(),
          frame.registers(),
          frame.rsp(),
          frame.rax());
    }
  }

  /** perf began a little earlier; from there on both saw every syscall and every page fault. */
  @Test
  void everyThreadHasTheFramesThatPerfRecorded() {
    Map<Long, List<Seen>> perf = threads(TraceFormat.PERF_DATA, PERF_DATA);
    Map<Long, List<Seen>> probes = threads(TraceFormat.FTRACE, TRACE);
    assertThat(probes).hasSizeGreaterThan(3);
    probes.forEach(
        (tid, frames) -> {
          List<Seen> recorded = perf.get(tid);
          assertThat(recorded).as("thread %d", tid).hasSizeGreaterThanOrEqualTo(frames.size());
          assertThat(recorded.subList(recorded.size() - frames.size(), recorded.size()))
              .as("thread %d", tid)
              .isEqualTo(frames);
        });
  }

  private static Map<Long, List<Seen>> threads(TraceFormat format, Path file) {
    return Traces.readAll(format, file).frames().stream()
        .filter(frame -> !frame.event().orElseThrow().equals("sysret:sysret_interrupt"))
        .collect(
            groupingBy(frame -> frame.task().tid().orElseThrow(), mapping(Seen::of, toList())));
  }

  @Test
  void interruptsOfTheKernelAreNoFrames() throws IOException {
    Map<Boolean, Long> inUserCode =
        lines("sysret_interrupt").stream()
            .collect(groupingBy(line -> line.group("cs").endsWith("3"), counting()));
    assertThat(inUserCode.get(false)).isPositive();
    assertThat(Traces.readAll(TraceFormat.FTRACE, TRACE).frames())
        .filteredOn(frame -> frame.event().orElseThrow().equals("sysret:sysret_interrupt"))
        .hasSize(Math.toIntExact(inUserCode.get(true)));
  }

  /**
   * A fourth probe saw every frame after signal delivery. The frames that the assembler makes from
   * {@code signal_deliver} are the same, except for RCX of 32-bit handlers, which the kernel
   * clears.
   */
  @Test
  void whatIsAssembledForASignalIsWhatTheKernelReturnedTo() throws IOException {
    Map<Long, ArrayDeque<Registers>> delivered = new HashMap<>();
    for (Matcher line : lines("sysret_signal")) {
      delivered
          .computeIfAbsent(Long.valueOf(line.group("tid")), tid -> new ArrayDeque<>())
          .add(registers(line));
    }
    int signals = 0;
    for (ExitFrame frame : Traces.readAll(TraceFormat.FTRACE, TRACE, Reading.ASSEMBLED).frames()) {
      if (frame.assembly().stage() == Stage.AMENDED) {
        Registers seen = delivered.get(frame.task().tid().orElseThrow()).remove();
        assertThat(withoutRcxOf32BitCode(frame.registers()))
            .as("frame %d, %s", frame.seq(), Amendment.SIGNAL_DELIVERY)
            .isEqualTo(withoutRcxOf32BitCode(seen));
        signals++;
      }
    }
    assertThat(signals).isGreaterThan(500);
    assertThat(delivered.values()).allMatch(ArrayDeque::isEmpty);
  }

  private static Registers withoutRcxOf32BitCode(Registers registers) {
    return Selector.in(registers.cs()) == Selector.USER32_CS
        ? registers.with(Register.RCX, 0)
        : registers;
  }

  private static final Pattern LINE =
      Pattern.compile(
          ".*?-(?<tid>\\d+) .*: (?<event>\\w+): \\(.*\\) ip=0x(?<ip>\\w+) cx=0x(?<cx>\\w+)"
              + " r11=0x(?<r11>\\w+) flags=0x(?<flags>\\w+) cs=0x(?<cs>\\w+) ss=0x(?<ss>\\w+) .*");

  /** The lines of one event, read without the reader. */
  private static List<Matcher> lines(String event) throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TRACE)), StandardCharsets.UTF_8))) {
      return text.lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .filter(line -> line.group("event").equals(event))
          .toList();
    }
  }

  private static Registers registers(Matcher line) {
    return new Registers(
        value(line, "ip"),
        value(line, "cx"),
        value(line, "r11"),
        value(line, "flags"),
        value(line, "cs"),
        value(line, "ss"));
  }

  private static long value(Matcher line, String name) {
    return Long.parseUnsignedLong(line.group(name), 16);
  }
}
