package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;

/** A recording that was cut as a killed perf leaves it, and finished with the head of the whole. */
class UnfinishedRecordingTest {

  private static final Path SAMPLE =
      Path.of(System.getProperty("sample.traces")).resolve("shell/perf.data");

  /** Where the records of the sample begin: behind its header and attributes. */
  private static final int DATA_OFFSET_AT = 40;

  private static final int DATA_BYTES_AT = 48;

  @TempDir private Path folder;
  private Path head;
  private byte[] whole;
  private int start;
  private int bytes;

  @BeforeEach
  void readTheSample() throws IOException {
    whole = Files.readAllBytes(SAMPLE);
    start = (int) new ByteCursorOf(whole).u64(DATA_OFFSET_AT);
    bytes = (int) new ByteCursorOf(whole).u64(DATA_BYTES_AT);
    head = folder.resolve("head");
    UnfinishedRecording.writeHead(SAMPLE, head);
  }

  private record ByteCursorOf(byte[] file) {
    long u64(int at) {
      long number = 0;
      for (int i = Long.BYTES - 1; i >= 0; i--) {
        number = number << Byte.SIZE | file[at + i] & 0xff;
      }
      return number;
    }
  }

  /** As perf leaves a file that it rotated into: no header, and some of the records. */
  private Path cut(int recordBytes) throws IOException {
    byte[] left = Arrays.copyOf(whole, start + recordBytes);
    Arrays.fill(left, 0, start, (byte) 0);
    return Files.write(folder.resolve("cut"), left);
  }

  private Path finished(Path cut) throws IOException {
    Path finished = folder.resolve("finished.perf.data");
    assertThat(UnfinishedRecording.isOne(cut)).isTrue();
    assertThat(UnfinishedRecording.finish(cut, head, finished)).isLessThanOrEqualTo(bytes);
    assertThat(UnfinishedRecording.isOne(finished)).isFalse();
    return finished;
  }

  private static CountingReader open(Path file) {
    return TraceInputs.find(List.of(file), Optional.empty(), Optional.empty())
        .traces()
        .get(0)
        .open(Reading.AS_RECORDED);
  }

  private static List<TraceRecord> records(Path file) {
    List<TraceRecord> records = new ArrayList<>();
    try (CountingReader reader = open(file)) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }

  private static TraceHeader header(Path file) {
    try (CountingReader reader = open(file)) {
      return reader.header();
    }
  }

  @Test
  void withAllRecordsItIsTheWholeFile() throws IOException {
    Path finished = finished(cut(bytes));
    assertThat(Files.readAllBytes(finished)).isEqualTo(whole);
    assertThat(header(finished)).isEqualTo(header(SAMPLE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.77, 0.999})
  void whatWasWrittenIsReadAndNothingElse(double share) throws IOException {
    List<String> all = exits(SAMPLE);
    List<String> some = exits(finished(cut((int) (bytes * share) | 1)));
    assertThat(some).hasSizeBetween(1, all.size() - 1).doesNotHaveDuplicates();
    // In time order: the processors' buffers are not written in that of the file.
    assertThat(all).containsAll(some);
  }

  /** What the events say, without their numbers: others come before them in the whole. */
  private static List<String> exits(Path file) {
    return records(file).stream()
        .peek(it -> assertThat(it).isNotInstanceOf(TraceRecord.Rejected.class))
        .filter(TraceRecord.Accepted.class::isInstance)
        .map(it -> ((TraceRecord.Accepted) it).frame())
        .map(it -> "%s %s %s %s".formatted(it.timeNanos(), it.cpu(), it.event(), it.registers()))
        .toList();
  }

  @Test
  void theFirstFileOfARecordingHasAHeaderThatIsNotFinished() throws IOException {
    byte[] first = Arrays.copyOf(whole, start + bytes / 2);
    Arrays.fill(first, DATA_BYTES_AT, DATA_BYTES_AT + Long.BYTES, (byte) 0);
    Path cut = Files.write(folder.resolve("cut"), first);
    assertThat(records(finished(cut))).isNotEmpty();
  }

  @Test
  void aFileThatIsOnlyBegunIsUnfinished() throws IOException {
    assertThat(UnfinishedRecording.isOne(Files.write(folder.resolve("few"), new byte[20])))
        .isTrue();
    assertThat(UnfinishedRecording.isOne(SAMPLE)).isFalse();
  }
}
