package org.sysretreplay.ingest.perfdata;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** One workload recorded with -z, into a pipe, and both, against the text that perf prints. */
class FlavoursTest {

  private static final Path FLAVOURS = Traces.samples().resolve("flavours");

  @ParameterizedTest
  @ValueSource(strings = {"compressed", "pipe", "compressed-pipe"})
  void everyFlavourGivesTheRecordsThatPerfPrints(String flavour) {
    Traces.Whole data = perfData(flavour);
    Traces.Whole text =
        Traces.readAll(TraceFormat.PERF_SCRIPT, FLAVOURS.resolve(flavour + ".perf.script.gz"));
    assertThat(data.counts()).isEqualTo(text.counts());
    assertThat(data.records()).isEqualTo(text.records());
  }

  /** These texts have no header that names the events. */
  @ParameterizedTest
  @ValueSource(strings = {"compressed", "pipe", "compressed-pipe"})
  void everyFlavourIsAssembledLikeItsText(String flavour) {
    assertThat(read(TraceFormat.PERF_DATA, flavour + ".perf.data"))
        .isEqualTo(read(TraceFormat.PERF_SCRIPT, flavour + ".perf.script.gz"));
  }

  private static List<List<Object>> read(TraceFormat format, String file) {
    return Traces.readAll(format, FLAVOURS.resolve(file), Reading.ASSEMBLED).records().stream()
        .map(Traces::withoutStage)
        .toList();
  }

  /** Recorded three times, so that only the program's own calls are the same. */
  @Test
  void allFlavoursShowTheSameSyscalls() {
    List<Map<Long, Long>> syscalls =
        List.of("compressed", "pipe", "compressed-pipe").stream()
            .map(FlavoursTest::perfData)
            .map(whole -> syscallsOfLs(whole.frames()))
            .toList();
    assertThat(syscalls.get(0)).hasSizeGreaterThan(10);
    assertThat(syscalls).containsOnly(syscalls.get(0));
  }

  private static Map<Long, Long> syscallsOfLs(List<ExitFrame> frames) {
    return frames.stream()
        .filter(frame -> frame.entry() == EntryKind.SYSCALL)
        .filter(frame -> frame.task().comm().orElseThrow().equals("ls"))
        .collect(groupingBy(frame -> frame.syscall().orElseThrow(), TreeMap::new, counting()));
  }

  @Test
  void aPipeThatWasCutOffKeepsWhatCameBefore(@TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(FLAVOURS.resolve("pipe.perf.data"));
    Path cut = folder.resolve("cut.perf.data");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 12));

    Traces.Whole read = Traces.readAll(TraceFormat.PERF_DATA, cut);

    assertThat(read.counts().rejected()).isEqualTo(1);
    Reject reject = ((Rejected) read.records().get(read.records().size() - 1)).reject();
    assertThat(reject.reason()).isEqualTo(RejectReason.BROKEN_FRAMING);
    assertThat(read.counts().accepted()).isPositive();
  }

  private static Traces.Whole perfData(String flavour) {
    return Traces.readAll(TraceFormat.PERF_DATA, FLAVOURS.resolve(flavour + ".perf.data"));
  }
}
