package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.perfdata.PerfDataEntry.Named;

/** Several files, each in time order, are merged into one. */
class FolderEntriesTest {

  private static final int AT_ONCE = 64;
  private static final int ENTRIES = 30_000;

  /** A file whose entries are named by their times; it counts how much of it was read. */
  private static final class Part implements PullSource<EntryBatch> {

    final long[] times;
    int read;
    boolean closed;

    Part(long... times) {
      this.times = times;
    }

    @Override
    public EntryBatch next() {
      if (read == times.length) {
        return null;
      }
      TimedEntries<PerfDataEntry> entries = new TimedEntries<>();
      for (int end = Math.min(times.length, read + AT_ONCE); read < end; read++) {
        entries.add(times[read], new Named((int) times[read], "x"));
      }
      return new EntryBatch(entries, ClockSteps.Count.zero(ClockSteps.Source.BUFFER), null);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static OrderedEntries ordered(List<Part> parts) {
    return new OrderedEntries(
        new FolderEntries(List.copyOf(parts)),
        fault -> {
          throw new AssertionError(fault);
        });
  }

  private static long[] rest(PullSource<PerfDataEntry> entries) {
    List<Long> times = new ArrayList<>();
    for (PerfDataEntry next = entries.next(); next != null; next = entries.next()) {
      times.add((long) ((Named) next).tid());
    }
    return times.stream().mapToLong(it -> it).toArray();
  }

  private static long[] sorted(List<Part> parts) {
    return parts.stream().flatMapToLong(it -> Arrays.stream(it.times)).sorted().toArray();
  }

  /** Files of different lengths that begin and end at different times. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void allComeOutInTheOrderOfTheirTimes(long seed) {
    Random random = new Random(seed);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int start = random.nextInt(1 << 20);
      parts.add(
          new Part(
              random
                  .ints(1 + random.nextInt(ENTRIES), start, start + (1 << 20))
                  .sorted()
                  .asLongStream()
                  .toArray()));
    }
    assertThat(rest(ordered(parts))).isEqualTo(sorted(parts));
    assertThat(parts).allMatch(it -> it.closed);
  }

  @Test
  void entriesComeOutLongBeforeAllAreRead() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int offset = i;
      parts.add(new Part(LongStream.range(0, ENTRIES).map(it -> 3 * it + offset).toArray()));
    }
    OrderedEntries entries = ordered(parts);
    entries.next();
    assertThat(parts).allMatch(it -> it.read < ENTRIES / 2);
    assertThat(rest(entries)).hasSize(3 * ENTRIES - 1).isSorted();
  }

  @Test
  void aFileThatIsFarBehindIsReadFirst() {
    Part early = new Part(LongStream.range(0, ENTRIES).toArray());
    Part late = new Part(LongStream.range(ENTRIES, 2 * ENTRIES).toArray());
    assertThat(rest(ordered(List.of(late, early)))).hasSize(2 * ENTRIES).isSorted();
  }
}
