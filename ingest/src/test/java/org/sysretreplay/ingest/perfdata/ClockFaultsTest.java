package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Samples whose times are no timestamps. */
class ClockFaultsTest {

  private static final int SAMPLES = 20_000;

  @TempDir Path folder;

  private final SampledEvent exit = SampledEvent.sysExit();
  private final PerfDataBuilder file = new PerfDataBuilder().event(exit);

  private Path path() {
    return folder.resolve("perf.data");
  }

  private void sample(int cpu, int tid, long time) {
    Told told = Told.at(tid, time);
    file.sample(
        exit.sample(new Told(tid, tid, time, cpu, told.nr(), told.ret(), told.abi(), told.regs())));
  }

  private List<Long> tids(Reading reading) throws IOException {
    return Traces.readAll(TraceFormat.PERF_DATA, file.writeTo(path()), reading).frames().stream()
        .map(it -> it.task().tid().orElseThrow())
        .toList();
  }

  private void assertRefused(String fault) throws IOException {
    file.writeTo(path());
    assertThatThrownBy(() -> tids(Reading.ASSEMBLED))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            path()
                + ": "
                + fault
                + ", so that nobody knows what followed what; record again with perf's own clock,"
                + " or judge each event by itself (--as-recorded).");
  }

  @Test
  void timesThatFallOneAfterTheOtherAreRefused() throws IOException {
    for (int i = 0; i < 6; i++) {
      sample(1, 5, 100 - i);
    }
    assertRefused(
        "the times of its samples go back 5 times in 5, from one to the next of a processor");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 64})
  void timesInNoOrderAreRefusedHoweverManyProcessorsThereAre(int cpus) throws IOException {
    Random random = new Random(cpus);
    for (int i = 0; i < SAMPLES; i++) {
      sample(random.nextInt(cpus), 5, random.nextLong(1L << 40));
    }
    file.writeTo(path());
    assertThatThrownBy(() -> tids(Reading.ASSEMBLED)).isInstanceOf(TraceException.class);
    assertThat(tids(Reading.AS_RECORDED)).hasSize(SAMPLES);
  }

  @Test
  void timesInNoOrderAreRefusedHoweverManyThreadsThereAre() throws IOException {
    Random random = new Random(0);
    for (int i = 0; i < SAMPLES; i++) {
      sample(random.nextInt(16), random.nextInt(50), random.nextLong(1L << 40));
    }
    file.writeTo(path());
    assertThatThrownBy(() -> tids(Reading.ASSEMBLED)).isInstanceOf(TraceException.class);
  }

  /** As of --per-thread, where the buffers of threads of one processor stand behind each other. */
  @Test
  void theBuffersOfManyThreadsAreSorted() throws IOException {
    for (int tid = 500; tid > 0; tid--) {
      sample(tid % 2, tid, 10_000 + tid);
      sample(tid % 2, tid, 20_000 + tid);
      sample((tid + 1) % 2, tid, 30_000 + tid);
    }
    assertThat(tids(Reading.ASSEMBLED)).startsWith(1L, 2L, 3L).endsWith(499L, 500L).hasSize(1500);
  }

  @Test
  void timesThatAllAreTheSameKeepTheOrderOfTheFile() throws IOException {
    for (int tid = 1; tid <= 5; tid++) {
      sample(tid % 2, tid, 0);
    }
    assertThat(tids(Reading.ASSEMBLED)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void recordsThatAnInterruptCameBetweenAreSorted() throws IOException {
    for (int i = 0; i < 100; i++) {
      sample(1, i + 1, i % 20 == 7 ? 10 * i + 15 : 10 * i);
    }
    assertThat(tids(Reading.ASSEMBLED)).hasSize(100).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 9L, 8L);
  }

  @Test
  void theBuffersOfManyProcessorsAreSorted() throws IOException {
    for (int cpu = 31; cpu >= 0; cpu--) {
      sample(cpu, cpu + 1, 10 + cpu);
      sample(cpu, cpu + 1, 100 + cpu);
    }
    assertThat(tids(Reading.ASSEMBLED)).startsWith(1L, 2L, 3L).hasSize(64);
  }

  @Test
  void buffersThatTheKernelWritesFromTheEndAreSorted() throws IOException {
    exit.newestFirst();
    for (int i = 9; i > 0; i--) {
      sample(1, i, i);
    }
    assertThat(tids(Reading.ASSEMBLED)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void samplesWithoutATimeStayBehindTheOneBeforeThem() throws IOException {
    SampledEvent untimed =
        SampledEvent.of("exceptions:page_fault_user", 98, 8L).without(Field.TIME);
    file.event(untimed);
    sample(1, 1, 10);
    sample(1, 2, 20);
    file.sample(untimed.sample(Told.at(3, 0)));
    sample(1, 4, 30);
    sample(2, 5, 15);
    assertThat(tids(Reading.ASSEMBLED)).containsExactly(1L, 5L, 2L, 3L, 4L);
  }

  @Test
  void aRecordingWithoutTimesKeepsTheOrderOfTheFile() throws IOException {
    exit.without(Field.TIME);
    for (int tid : new int[] {3, 1, 2, 5, 4}) {
      sample(tid % 2, tid, 1000 - tid);
    }
    assertThat(tids(Reading.ASSEMBLED)).containsExactly(3L, 1L, 2L, 5L, 4L);
  }
}
