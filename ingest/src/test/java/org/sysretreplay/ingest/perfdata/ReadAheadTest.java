package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.ReadAhead;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.TraceException;
import org.sysretreplay.ingest.Traces;

/** A file that is read ahead gives what the same file gives that is read as it is asked for. */
@Timeout(120)
class ReadAheadTest {

  private static final int SMALL_WINDOW_BYTES = 1 << 16;
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
  void chunksOfAnySizeGiveTheSameRecords(Path recording) {
    for (Reading reading : Reading.values()) {
      Traces.Whole expected = read(recording, reading, NEVER, 1);
      for (int chunk : new int[] {1, 3, 1000}) {
        assertThat(read(recording, reading, 0, chunk)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trap-flag/perf.data", "flavours/compressed.perf.data"})
  void chunksOfAnySizeGiveTheSameRecordsOfADamagedFile(String sample, @TempDir Path folder)
      throws IOException {
    byte[] sound = Files.readAllBytes(Traces.samples().resolve(sample));
    Path file = folder.resolve("damaged");
    for (int seed = 0; seed < 100; seed++) {
      Files.write(file, damaged(sound, new Random(seed)));
      assertThat(outcome(file, 0, 1 + seed % 7))
          .as("seed %d", seed)
          .isEqualTo(outcome(file, NEVER, 1));
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
  private static Object outcome(Path file, long leastBytesAhead, int chunk) {
    try {
      return read(file, Reading.ASSEMBLED, leastBytesAhead, chunk);
    } catch (TraceException e) {
      return e.getMessage();
    }
  }

  private static Traces.Whole read(Path file, Reading reading, long leastBytesAhead, int chunk) {
    return Traces.readAll(open(file, reading, leastBytesAhead, chunk));
  }

  private static PerfDataReader open(Path file, Reading reading, long leastBytesAhead, int chunk) {
    return new PerfDataReader(file, reading, SMALL_WINDOW_BYTES, leastBytesAhead, chunk);
  }

  @Test
  void closingEarlyEndsTheThread() {
    Path recording = Traces.perfData("compiler");
    try (PerfDataReader reader = open(recording, Reading.ASSEMBLED, 0, 1)) {
      assertThat(threadsOf(recording)).isEmpty();
      reader.next();
      assertThat(threadsOf(recording)).hasSize(1).allMatch(Thread::isDaemon);
    }
    assertThat(threadsOf(recording)).isEmpty();
  }

  @Test
  void aSmallFileNeedsNoThread() {
    Path recording = Traces.perfData("compiler");
    try (PerfDataReader reader = new PerfDataReader(recording, Reading.ASSEMBLED)) {
      reader.next();
      assertThat(threadsOf(recording)).isEmpty();
    }
  }

  private static List<Thread> threadsOf(Path recording) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("read ahead of " + recording) && it.isAlive())
        .toList();
  }

  /** One chunk, and then something else. */
  private record OneChunk(Runnable then, AtomicBoolean given, AtomicBoolean closed)
      implements EntrySource {

    static final EntryChunk CHUNK = new EntryChunk(List.of(new PerfDataEntry.Named(1, "x")), 5);

    OneChunk(Runnable then) {
      this(then, new AtomicBoolean(), new AtomicBoolean());
    }

    @Override
    public EntryChunk next() {
      if (given.getAndSet(true)) {
        then.run();
      }
      return CHUNK;
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureComesAfterWhatWasReadBeforeIt(boolean error) {
    OneChunk entries =
        new OneChunk(
            () -> {
              if (error) {
                throw new OutOfMemoryError("much");
              }
              throw new IllegalStateException("much");
            });
    try (ReadAhead<EntryChunk> ahead = new ReadAhead<>("x", entries)) {
      assertThat(ahead.next()).isEqualTo(OneChunk.CHUNK);
      assertThatThrownBy(ahead::next).hasMessage("much");
    }
    assertThat(entries.closed()).isTrue();
  }

  @Test
  void whoIsInterruptedWhileItWaitsIsToldSoAndStaysInterrupted() {
    OneChunk entries = new OneChunk(ReadAheadTest::sleep);
    try (ReadAhead<EntryChunk> ahead = new ReadAhead<>("x", entries)) {
      ahead.next();
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::next)
          .isInstanceOf(TraceException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(entries.closed()).isTrue();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
