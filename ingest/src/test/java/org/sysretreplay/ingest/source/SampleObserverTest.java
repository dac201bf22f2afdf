package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

class SampleObserverTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "PERF_DATA, perf.data, ASSEMBLED",
    "PERF_DATA, perf.data, AS_RECORDED",
    "PERF_SCRIPT, perf.script.gz, ASSEMBLED"
  })
  void theNthAcceptedSampleBecomesFrameN(TraceFormat format, String file, Reading reading) {
    List<String> samples = new ArrayList<>();
    List<String> frames = new ArrayList<>();
    Path trace = Traces.samples().resolve("timer-signals").resolve(file);
    SampleObserver observer =
        (sample, record) -> {
          if (record instanceof Accepted) {
            samples.add(
                samples.size() + " " + sample.timeNanos() + " " + sample.registers().tested());
          }
        };
    try (CountingReader reader = input(trace, format).open(reading, observer)) {
      while (reader.hasNext()) {
        frame(reader.next())
            .ifPresent(it -> frames.add(it.seq() + " " + it.timeNanos() + " " + asSeen(it)));
      }
    }
    assertThat(samples).hasSize(1879).isEqualTo(frames);
  }

  private static TraceInput input(Path file, TraceFormat format) {
    return new TraceInput(file.toString(), format, "any", "any");
  }

  private static Optional<ExitFrame> frame(TraceRecord record) {
    if (record instanceof Accepted accepted) {
      return Optional.of(accepted.frame());
    }
    return record instanceof InKernel it ? Optional.of(it.frame()) : Optional.empty();
  }

  private static Object asSeen(ExitFrame frame) {
    return frame.assembly().recorded().map(it -> it.registers()).orElse(frame.registers());
  }

  @Test
  void seesNothingWhereRecordsAreFrames() throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("a.jsonl"),
            """
            {"rip":1,"rcx":1,"r11":2,"rflags":2,"cs":51,"ss":43}
            """);
    List<Sample> samples = new ArrayList<>();
    try (CountingReader reader =
        input(lines, TraceFormat.JSONL)
            .open(Reading.ASSEMBLED, (sample, record) -> samples.add(sample))) {
      reader.forEachRemaining(it -> {});
      assertThat(reader.counts().accepted()).isEqualTo(1);
    }
    assertThat(samples).isEmpty();
  }
}
