package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** A file that is read in ranges gives the same records as when it is read from start to end. */
@Timeout(120)
class RecordRangesTest {

  private static final int LEAST_RANGE_BYTES = 1 << 16;
  private static final long NEVER = Long.MAX_VALUE;

  static Stream<Path> recordings() {
    return Stream.concat(
        Traces.workloads().stream().map(it -> it.resolve("perf.data")),
        Stream.of(
            Traces.samples().resolve("flavours/compressed.perf.data"),
            Traces.samples().resolve("flavours/pipe.perf.data")));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void rangesOfAnySizeGiveTheSameRecords(Path recording) {
    for (Reading reading : Reading.values()) {
      Traces.Whole expected = read(recording, reading, NEVER, LEAST_RANGE_BYTES);
      for (int extra : new int[] {0, 1, 1000, 1 << 20}) {
        assertThat(read(recording, reading, 0, LEAST_RANGE_BYTES + extra)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trap-flag/perf.data", "flavours/compressed.perf.data"})
  void rangesOfAnySizeGiveTheSameRecordsOfADamagedFile(String sample, @TempDir Path folder)
      throws IOException {
    byte[] sound = Files.readAllBytes(Traces.samples().resolve(sample));
    Path file = folder.resolve("damaged");
    for (int seed = 0; seed < 100; seed++) {
      Files.write(file, damaged(sound, new Random(seed)));
      assertThat(outcome(file, 0, LEAST_RANGE_BYTES + seed))
          .as("seed %d", seed)
          .isEqualTo(outcome(file, NEVER, LEAST_RANGE_BYTES));
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int i = 0; i <= random.nextInt(20); i++) {
      bytes[104 + random.nextInt(bytes.length - 104)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** The records, or the words that refuse the file. */
  private static Object outcome(Path file, long leastBytesAhead, int rangeBytes) {
    try {
      return read(file, Reading.ASSEMBLED, leastBytesAhead, rangeBytes);
    } catch (TraceException e) {
      return e.getMessage();
    }
  }

  private static Traces.Whole read(
      Path file, Reading reading, long leastBytesAhead, int rangeBytes) {
    return Traces.readAll(open(file, reading, leastBytesAhead, rangeBytes));
  }

  private static PerfDataReader open(
      Path file, Reading reading, long leastBytesAhead, int rangeBytes) {
    return new PerfDataReader(NamedFile.of(file), reading, rangeBytes, leastBytesAhead);
  }

  @Test
  void closingEarlyEndsTheThreads() {
    Path recording = Traces.perfData("compiler");
    try (PerfDataReader reader = open(recording, Reading.ASSEMBLED, 0, LEAST_RANGE_BYTES)) {
      assertThat(threadsOf(recording)).isEmpty();
      reader.next();
      assertThat(threadsOf(recording)).allMatch(Thread::isDaemon);
    }
    assertThat(threadsOf(recording)).isEmpty();
  }

  @Test
  void aSmallFileNeedsNoThread() {
    Path recording = Traces.perfData("compiler");
    try (PerfDataReader reader = new PerfDataReader(NamedFile.of(recording), Reading.ASSEMBLED)) {
      reader.next();
      assertThat(threadsOf(recording)).isEmpty();
    }
  }

  private static List<Thread> threadsOf(Path recording) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("read ahead of " + recording) && it.isAlive())
        .toList();
  }
}
