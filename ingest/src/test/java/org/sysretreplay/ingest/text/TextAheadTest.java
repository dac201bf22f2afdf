package org.sysretreplay.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.TraceReader;

/** Other threads parse the lines of a large text. */
@Timeout(120)
class TextAheadTest {

  private static final int LINES = 40_000;

  @TempDir Path folder;

  static Stream<TraceFormat> texts() {
    return Stream.of(TraceFormat.PERF_SCRIPT, TraceFormat.JSONL);
  }

  private static String line(TraceFormat format, int i) {
    return format == TraceFormat.JSONL
        ? ("{\"ts_ns\":%d,\"tid\":7,\"rip\":\"0x%x\",\"rcx\":\"0x2\",\"r11\":\"0x3\","
                + "\"rflags\":\"0x4\",\"cs\":\"0x33\",\"ss\":\"0x2b\",\"note\":\"%060d\"}")
            .formatted(i, i, i)
        : ("ls 7/7 [000] %d.000000001: raw_syscalls:sys_exit: NR 39 = 1 ABI:2 AX:0x1 CX:0x2 SP:0x3"
                + " IP:0x%x FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246")
            .formatted(i, i);
  }

  private Path large(TraceFormat format) throws IOException {
    Path file = folder.resolve("large." + format);
    Files.write(file, IntStream.range(0, LINES).mapToObj(i -> line(format, i)).toList());
    assertThat(Files.size(file)).isGreaterThan(1 << 22);
    return file;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyLineComesInOrder(TraceFormat format) throws IOException {
    Traces.Whole whole = Traces.readAll(format, large(format), Reading.ASSEMBLED);
    assertThat(whole.frames()).hasSize(LINES);
    assertThat(whole.frames())
        .extracting(it -> it.registers().rip())
        .containsExactlyElementsOf(IntStream.range(0, LINES).mapToObj(Long::valueOf).toList());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aLineCutOffInTheMidstIsTheOnlyReject(TraceFormat format) throws IOException {
    Path file = large(format);
    List<String> lines = Files.readAllLines(file);
    int cut = LINES / 2;
    lines.set(cut, lines.get(cut).substring(0, 10));
    Traces.Whole whole = Traces.readAll(format, Files.write(file, lines), Reading.ASSEMBLED);
    assertThat(whole.frames()).hasSize(LINES - 1);
    assertThat(whole.rejects())
        .extracting(Reject::place, Reject::excerpt)
        .containsExactly(tuple(Place.ofLine(file.toString(), cut + 1), lines.get(cut)));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void closingEarlyEndsTheThreads(TraceFormat format) throws IOException {
    Path file = large(format);
    try (TraceReader reader = format.open(file, Reading.ASSEMBLED)) {
      assertThat(threadsOf(file)).isEmpty();
      reader.next();
      assertThat(threadsOf(file)).allMatch(Thread::isDaemon);
    }
    assertThat(threadsOf(file)).isEmpty();
  }

  private static List<Thread> threadsOf(Path file) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("read ahead of " + file) && it.isAlive())
        .toList();
  }
}
