package org.sysretreplay.analytics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.count.FrameCounter.Key;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.SmallRowGroups;
import org.sysretreplay.ingest.trace.Reading;

class FrameCounterTest {

  private static final LongUnaryOperator PARITY = it -> it % 2;

  @TempDir private Path folder;

  /** Two keys of one column, in both orders and with a third between them. */
  @Test
  void aColumnMayServeSeveralKeys() throws IOException {
    Key tid = new Key(FrameColumn.TID, LongUnaryOperator.identity());
    Key parity = new Key(FrameColumn.TID, PARITY);
    Key syscall = new Key(FrameColumn.NR, LongUnaryOperator.identity());
    List<ExitFrame> frames = SampleStores.frames(SampleTraces.recording("threads"));
    Map<List<Object>, Long> expected = new TreeMap<>(FrameCounterTest::compare);
    for (ExitFrame frame : frames) {
      long thread = frame.task().tid().getAsLong();
      Long number = frame.syscall().isPresent() ? (Long) frame.syscall().getAsLong() : null;
      expected.merge(Arrays.asList(thread, PARITY.applyAsLong(thread), number), 1L, Long::sum);
    }
    assertThat(expected.keySet()).extracting(it -> it.get(1)).contains(0L, 1L);
    assertThat(counts(frames, List.of(tid, parity, syscall))).isEqualTo(expected);
    Map<List<Object>, Long> inOtherOrder = new TreeMap<>(FrameCounterTest::compare);
    expected.forEach(
        (it, count) -> inOtherOrder.put(Arrays.asList(it.get(1), it.get(2), it.get(0)), count));
    assertThat(counts(frames, List.of(parity, syscall, tid))).isEqualTo(inOtherOrder);
  }

  /** A value that is not kept between two row groups is shown twice. */
  @ParameterizedTest
  @CsvSource({"0, ASSEMBLED", "0, AS_RECORDED", "1000000, ASSEMBLED", "1000000, AS_RECORDED"})
  void registersAreCountedByAsOtherColumnsAre(int mostKept, Reading reading) throws IOException {
    List<ExitFrame> frames = SampleStores.frames(SampleTraces.recording("timer-signals"));
    List<Key> keys =
        List.of(
            new Key(FrameColumn.RIP, LongUnaryOperator.identity()),
            new Key(FrameColumn.R11, LongUnaryOperator.identity()),
            new Key(FrameColumn.RECORDED_RIP, LongUnaryOperator.identity()));
    Map<List<Object>, Long> expected = new TreeMap<>(FrameCounterTest::compare);
    for (ExitFrame it : frames) {
      if (reading == Reading.AS_RECORDED || it.assembly().stage() != Stage.IN_KERNEL) {
        Long recorded = it.assembly().recorded().map(event -> event.registers().rip()).orElse(null);
        expected.merge(
            Arrays.asList(it.registers().rip(), it.registers().r11(), recorded), 1L, Long::sum);
      }
    }
    assertThat(expected).hasSizeGreaterThan(100);
    int[] given = {0};
    Set<List<Object>> seen = new HashSet<>();
    Map<List<Object>, Long> counts = new TreeMap<>(FrameCounterTest::compare);
    Path file = folder.resolve("frames.parquet");
    SmallRowGroups.write(frames, file, 500);
    try (ParquetFiles files = new ParquetFiles()) {
      new FrameCounter(files, FrameOrigin.STORE, reading, keys, mostKept)
          .count(
              new FramePart("w", "t", file.toString(), 0, Files.size(file), ""),
              it -> {
                given[0]++;
                seen.add(List.of(it.frames(), it.values().toString()));
                counts.merge(it.values(), it.exits(), Long::sum);
              });
    }
    assertThat(counts).isEqualTo(expected);
    assertThat(seen.size() < given[0]).isEqualTo(mostKept == 0);
  }

  private Map<List<Object>, Long> counts(List<ExitFrame> frames, List<Key> keys)
      throws IOException {
    Path file = folder.resolve("frames.parquet");
    SmallRowGroups.write(frames, file, 500);
    Map<List<Object>, Long> counts = new TreeMap<>(FrameCounterTest::compare);
    try (ParquetFiles files = new ParquetFiles()) {
      new FrameCounter(files, FrameOrigin.STORE, Reading.AS_RECORDED, keys)
          .count(
              new FramePart("w", "t", file.toString(), 0, Files.size(file), ""),
              it -> counts.merge(it.values(), it.exits(), Long::sum));
    }
    return counts;
  }

  private static int compare(List<Object> one, List<Object> other) {
    return one.toString().compareTo(other.toString());
  }
}
