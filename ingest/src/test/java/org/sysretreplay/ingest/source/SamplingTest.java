package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;

/** Recordings of one program that perf sampled, or was asked to. */
class SamplingTest {

  private static final Path FOLDER = Path.of("src/test/resources/sampled");

  private static Traces.Whole read(String file, Reading reading) {
    TraceFormat format = file.contains("script") ? TraceFormat.PERF_SCRIPT : TraceFormat.PERF_DATA;
    return Traces.readAll(format, FOLDER.resolve(file), reading);
  }

  /** A period is not kept where samples show theirs: the recording is whole. */
  @ParameterizedTest
  @CsvSource({
    "period.perf.data.gz, 1, 915",
    "period.perf.script.gz, 1, 915",
    "sampled.perf.data.gz, 7, 130",
    "sampled.perf.script.gz, 7, 130",
    "pipe.perf.data.gz, 7, 124",
    "frequency.perf.data.gz, 0, 12",
    "frequency.perf.script.gz, 0, 12"
  })
  void aRecordingTellsHowManyOfItsEventsAreInIt(String file, long every, long frames) {
    Traces.Whole whole = read(file, Reading.ASSEMBLED);
    assertThat(whole.header().sampling()).isEqualTo(Sampling.oneOf(every));
    assertThat(whole.frames()).hasSize((int) frames);
  }

  /** The program takes seventy signals, and a whole recording shows each. */
  @Test
  void theFramesOfAWholeRecordingAreAmended() {
    assertThat(read("period.perf.data.gz", Reading.ASSEMBLED).frames())
        .filteredOn(it -> it.assembly().stage() == Stage.AMENDED)
        .hasSize(70);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampled.perf.data.gz",
        "sampled.perf.script.gz",
        "pipe.perf.data.gz",
        "frequency.perf.data.gz",
        "frequency.perf.script.gz"
      })
  void nothingIsMadeOfTheNextSampleOfAThread(String file) {
    List<ExitFrame> frames = read(file, Reading.ASSEMBLED).frames();
    assertThat(frames).isNotEmpty().allMatch(it -> it.assembly().stage() == Stage.EARLY);
    assertThat(frames).allMatch(it -> it.path() != EntryPath.INTERRUPT);
    assertThat(frames).isEqualTo(read(file, Reading.AS_RECORDED).frames());
  }

  @ParameterizedTest
  @ValueSource(strings = {"period", "sampled", "frequency"})
  void theTextHoldsTheSameFrames(String name) {
    assertThat(read(name + ".perf.script.gz", Reading.ASSEMBLED).frames())
        .isEqualTo(read(name + ".perf.data.gz", Reading.ASSEMBLED).frames());
  }
}
