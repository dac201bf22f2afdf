package org.sysretreplay.analytics.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.SmallRowGroups;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

class ClassScanTest {

  @TempDir private Path folder;

  /** A frame that was shown. */
  private record Shown(long seq, FrameClass frames) {}

  private FramePart part(List<ExitFrame> frames, int groupRows) throws IOException {
    Path file = folder.resolve("frames.parquet");
    SmallRowGroups.write(frames, file, groupRows);
    return new FramePart("w", "t", file.toString(), 0, Files.size(file), "");
  }

  private static void scan(FramePart part, Reading reading, List<Shown> to) throws IOException {
    try (ParquetFiles files = new ParquetFiles()) {
      new ClassScan(reading).forEach(files, part, (seq, frame) -> to.add(new Shown(seq, frame)));
    }
  }

  private static List<Shown> scan(FramePart part, Reading reading) throws IOException {
    List<Shown> shown = new ArrayList<>();
    scan(part, reading, shown);
    return shown;
  }

  /** The frames of all samples, one after the other, as one trace. */
  private static List<ExitFrame> manyFrames() throws IOException {
    List<ExitFrame> frames = new ArrayList<>();
    SampleTraces.recordings()
        .forEach(
            it ->
                SampleStores.frames(it)
                    .forEach(frame -> frames.add(withSeq(frame, frames.size()))));
    return frames;
  }

  private static ExitFrame withSeq(ExitFrame frame, long seq) {
    return new ExitFrame(
        seq,
        frame.timeNanos(),
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

  private static int groups(FramePart part) throws IOException {
    try (ParquetFiles files = new ParquetFiles();
        ParquetFileReader reader = files.open(part.file(), 0, Long.MAX_VALUE, "")) {
      return reader.getRowGroups().size();
    }
  }

  /**
   * System calls and interrupted code have row groups of their own; each goes on with both numbers.
   */
  @Test
  void showsFramesInTheOrderOfTheirTrace() throws IOException {
    List<ExitFrame> frames = manyFrames();
    FramePart part = part(frames, 16_000);
    assertThat(groups(part)).as("two row groups where rows came together").isGreaterThan(3);

    assertThat(scan(part, Reading.AS_RECORDED).stream().mapToLong(Shown::seq))
        .containsExactlyElementsOf(LongStream.range(0, frames.size()).boxed().toList());
    assertThat(scan(part, Reading.ASSEMBLED))
        .isEqualTo(
            frames.stream()
                .filter(it -> it.assembly().stage() != Stage.IN_KERNEL)
                .map(it -> new Shown(it.seq(), FrameClass.of(it)))
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  void showsTheSameWhateverTheRowGroupsAre(Reading reading) throws IOException {
    List<ExitFrame> frames = SampleStores.frames(SampleTraces.recording("timer-signals"));
    List<Shown> expected = scan(part(frames, frames.size() + 1), reading);
    assertThat(expected).isNotEmpty();
    for (int groupRows : new int[] {50, 1000}) {
      assertThat(scan(part(frames, groupRows), reading)).isEqualTo(expected);
    }
  }

  /** Frames that were shown are forgotten, which bounds memory for traces of any length. */
  @Test
  void showsTheFramesOfARowGroupBeforeItReadsTheNext() throws IOException {
    List<ExitFrame> frames = SampleStores.frames(SampleTraces.recording("http"));
    FramePart part = part(frames, 500);
    int groups = groups(part);
    assertThat(groups).isGreaterThan(5);
    breakLastRowGroup(part);
    List<Shown> shown = new ArrayList<>();

    assertThatThrownBy(() -> scan(part, Reading.AS_RECORDED, shown))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(part.file())
        .hasMessageContaining("it cannot be read as frames");

    assertThat(shown).hasSize(500 * (groups - 1));
  }

  private static void breakLastRowGroup(FramePart part) throws IOException {
    long start;
    long end;
    try (ParquetFiles files = new ParquetFiles();
        ParquetFileReader reader = files.open(part.file(), 0, Long.MAX_VALUE, "")) {
      BlockMetaData last = reader.getRowGroups().get(reader.getRowGroups().size() - 1);
      start = last.getStartingPos();
      end = start + last.getCompressedSize();
    }
    try (FileChannel file = FileChannel.open(Path.of(part.file()), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate((int) (end - start)), start);
    }
  }

  @Test
  void throwsWhatTheVisitorThrows() throws IOException {
    List<ExitFrame> frames = SampleStores.frames(SampleTraces.recording("rseq"));
    FramePart part = part(frames, 100);
    IOException full = new IOException("No space left on device");
    assertThatThrownBy(
            () -> {
              try (ParquetFiles files = new ParquetFiles()) {
                new ClassScan(Reading.ASSEMBLED)
                    .forEach(
                        files,
                        part,
                        (seq, frame) -> {
                          throw full;
                        });
              }
            })
        .isSameAs(full);
  }
}
