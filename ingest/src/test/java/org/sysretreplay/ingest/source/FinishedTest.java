package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  /** While perf records, the header has 0 as the size of the records. */
  private static final int DATA_BYTES_AT = 48;

  private static List<TraceInput> find(Path source) {
    return TraceInputs.find(List.of(source), Optional.empty(), Optional.empty()).traces();
  }

  @Test
  void soundTracesAreFinished() {
    List<TraceInput> traces =
        Stream.of(".", "flavours", "synthetic")
            .flatMap(it -> find(SAMPLES.resolve(it)).stream())
            .toList();

    assertThat(traces).hasSizeGreaterThan(25).allMatch(TraceInput::isFinished);
  }

  @Test
  void aRecordingIsUnfinishedUntilItsHeaderTellsTheSizeOfItsRecords(@TempDir Path folder)
      throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("shell").resolve("perf.data"));
    byte[] begun = whole.clone();
    Arrays.fill(begun, DATA_BYTES_AT, DATA_BYTES_AT + Long.BYTES, (byte) 0);
    Path file = folder.resolve("x.perf.data");

    Files.write(file, begun);
    assertThat(find(file).get(0).isFinished()).isFalse();
    Files.write(file, Arrays.copyOf(whole, DATA_BYTES_AT));
    assertThat(find(file).get(0).isFinished()).isFalse();
    Files.write(file, whole);
    assertThat(find(file).get(0).isFinished()).isTrue();
    assertThat(find(SAMPLES.resolve("bad").resolve("unfinished.perf.data")).get(0).isFinished())
        .isFalse();
  }
}
