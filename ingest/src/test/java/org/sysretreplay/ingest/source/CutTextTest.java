package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;

/** A text that is cut anywhere has no frame that the whole one has not. */
class CutTextTest {

  private static final Path BAD = Path.of(System.getProperty("sample.traces"), "bad");

  @TempDir private Path folder;

  private Traces.Whole read(TraceFormat format, byte[] text) throws IOException {
    return Traces.readAll(format, Files.write(folder.resolve("text"), text), Reading.AS_RECORDED);
  }

  @ParameterizedTest
  @CsvSource({
    "PERF_SCRIPT, line-cut-off.perf.script",
    "PERF_SCRIPT, malformed-line.perf.script",
    "FTRACE, malformed-line.trace",
    "JSONL, field-missing.jsonl"
  })
  void noFrameIsMadeUp(TraceFormat format, String name) throws IOException {
    byte[] text = Files.readAllBytes(BAD.resolve(name));
    List<ExitFrame> frames = read(format, text).frames();
    assertThat(frames).hasSizeGreaterThan(5);
    for (int length = 0; length < text.length; length++) {
      List<ExitFrame> found = read(format, Arrays.copyOf(text, length)).frames();

      assertThat(found).as("the first %d bytes", length).isEqualTo(frames.subList(0, found.size()));
    }
  }

  @ParameterizedTest
  @CsvSource({"PERF_SCRIPT, line-cut-off.perf.script", "FTRACE, malformed-line.trace"})
  void aLineFeedEndsTheLastLine(TraceFormat format, String name) throws IOException {
    String text = Files.readString(BAD.resolve(name)).stripTrailing();
    List<ExitFrame> frames = read(format, (text + "\n").getBytes()).frames();
    Traces.Whole cut = read(format, text.getBytes());

    assertThat(cut.frames()).isEqualTo(frames.subList(0, frames.size() - 1));
    assertThat(cut.rejects()).extracting(Reject::reason).endsWith(RejectReason.LINE_CUT_OFF);
  }

  @Test
  void aBlankBehindTheLastRegisterShowsThatItIsWhole() throws IOException {
    byte[] text = Files.readAllBytes(BAD.resolve("malformed-line.perf.script"));
    byte[] blank = Arrays.copyOf(text, text.length - 1);
    assertThat(blank[blank.length - 1]).isEqualTo((byte) ' ');

    assertThat(read(TraceFormat.PERF_SCRIPT, blank).frames())
        .isEqualTo(read(TraceFormat.PERF_SCRIPT, text).frames());
  }

  /** Registers may stand on a line of their own: one record is one reject. */
  @Test
  void aRecordOfSeveralLinesIsOneReject() throws IOException {
    String text = Files.readString(BAD.resolve("line-cut-off.perf.script"));
    String stacks = text.replace(" ABI:", "\n\t    7f1234567890 [unknown] (libc.so.6)\n ABI:");
    List<ExitFrame> frames = read(TraceFormat.PERF_SCRIPT, (stacks + "\n").getBytes()).frames();
    assertThat(frames).hasSizeGreaterThan(5);
    Traces.Whole cut = read(TraceFormat.PERF_SCRIPT, stacks.getBytes());

    assertThat(cut.frames()).isEqualTo(frames.subList(0, frames.size() - 1));
    assertThat(cut.rejects()).extracting(Reject::reason).containsExactly(RejectReason.LINE_CUT_OFF);
  }

  @Test
  void aTextOfOneLineMayLackItsLineFeed() throws IOException {
    String line =
        Files.readString(BAD.resolve("line-cut-off.perf.script")).lines().toList().get(8).strip();

    assertThat(read(TraceFormat.PERF_SCRIPT, line.getBytes()).frames()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "PERF_SCRIPT, line-cut-off.perf.script",
    "FTRACE, malformed-line.trace",
    "JSONL, field-missing.jsonl"
  })
  void zeroesInPlaceOfLinesAreNotBlank(TraceFormat format, String name) throws IOException {
    byte[] text = (Files.readString(BAD.resolve(name)).stripTrailing() + "\n").getBytes();
    int rejects = read(format, text).rejects().size();
    byte[] zeroed = Arrays.copyOf(text, text.length + 4096);
    zeroed[zeroed.length - 1] = '\n';

    assertThat(read(format, zeroed).rejects()).hasSize(rejects + 1);
    assertThat(read(format, Arrays.copyOf(text, text.length + 4096)).rejects())
        .hasSize(rejects + 1);
  }
}
