package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;

/** The contract of every reader, whatever its format. Each reader's test supplies a sound file. */
public interface TraceReaderContract {

  /** A sound, unpacked file with at least two frames; it may be written into the folder. */
  Path soundFile(Path folder) throws IOException;

  TraceReader open(Path file);

  @Test
  default void countsAddUpAndAreTheRecordsHandedOn(@TempDir Path folder) throws IOException {
    Traces.Whole whole = Traces.readAll(open(soundFile(folder)));
    assertThat(whole.counts().seen()).isEqualTo(whole.records().size()).isGreaterThan(1);
    assertThat(whole.counts().accepted()).isEqualTo(whole.frames().size());
    assertThat(whole.counts().rejected()).isZero();
    assertThat(whole.counts().lost()).isZero();
  }

  @Test
  default void nextBeyondTheEndSaysSo(@TempDir Path folder) throws IOException {
    Path file = soundFile(folder);
    try (TraceReader reader = open(file)) {
      reader.forEachRemaining(record -> {});
      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(reader::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("the end of " + file);
    }
  }

  @Test
  default void nextNeedsNoHasNext(@TempDir Path folder) throws IOException {
    Path file = soundFile(folder);
    List<TraceRecord> expected = Traces.readAll(open(file)).records();
    try (TraceReader reader = open(file)) {
      for (TraceRecord record : expected) {
        assertThat(reader.next()).isEqualTo(record);
      }
    }
  }

  @Test
  default void hasNextMovesNothing(@TempDir Path folder) throws IOException {
    Path file = soundFile(folder);
    TraceRecord first = Traces.readAll(open(file)).records().get(0);
    try (TraceReader reader = open(file)) {
      assertThat(LongStream.range(0, 3).allMatch(i -> reader.hasNext())).isTrue();
      assertThat(reader.next()).isEqualTo(first);
    }
  }

  @Test
  default void closingTwiceIsHarmless(@TempDir Path folder) throws IOException {
    TraceReader reader = open(soundFile(folder));
    reader.close();
    assertThatCode(reader::close).doesNotThrowAnyException();
  }

  @Test
  default void framesAreNumberedFromZeroWithoutGaps(@TempDir Path folder) throws IOException {
    List<ExitFrame> frames = Traces.readAll(open(soundFile(folder))).frames();
    assertThat(frames)
        .extracting(ExitFrame::seq)
        .containsExactlyElementsOf(LongStream.range(0, frames.size()).boxed().toList());
  }

  @Test
  default void packedCopiesGiveTheSameRecords(@TempDir Path folder) throws IOException {
    Path file = soundFile(folder);
    byte[] bytes = Files.readAllBytes(file);
    Traces.Whole expected = Traces.readAll(open(file));
    assertThat(Traces.readAll(open(Traces.gzip(folder.resolve("copy.gz"), bytes))))
        .isEqualTo(expected);
    assertThat(Traces.readAll(open(Traces.zstd(folder.resolve("copy.zst"), bytes))))
        .isEqualTo(expected);
  }

  @Test
  default void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("nothing");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ": there is no such file; check the name.");
  }
}
