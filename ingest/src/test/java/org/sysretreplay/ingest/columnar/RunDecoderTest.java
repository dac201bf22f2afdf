package org.sysretreplay.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with the encoder and the decoder of Parquet's library. */
class RunDecoderTest {

  private static final int MAX_RUN = 40;

  @Property(tries = 2_000)
  void givesWhatTheLibraryEncodedInChunksOfAnySize(
      @ForAll @IntRange(max = 32) int width,
      @ForAll @IntRange(min = 1, max = 3_000) int count,
      @ForAll @IntRange(max = 20) int before,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] values = values(width, count, random);
    byte[] encoded = encoded(values, width);
    assertThat(read(shifted(encoded, before), before, width, count, random)).isEqualTo(values);
    assertThat(readByLibrary(encoded, width, count)).isEqualTo(values);
  }

  @Property(tries = 2_000)
  void countsWhatItWouldGiveInChunksOfAnySize(
      @ForAll @IntRange(max = ValueCounts.MAX_WIDTH) int width,
      @ForAll @IntRange(min = 1, max = 3_000) int count,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] values = values(width, count, random);
    RunDecoder decoder = new RunDecoder(encoded(values, width), 0, width);
    ValueCounts counts = new ValueCounts(width);
    int next = 0;
    while (next < count) {
      int end = Math.min(count, next + random.nextInt(200));
      if (random.nextBoolean()) {
        decoder.count(end - next, counts);
        assertThat(drained(counts)).isEqualTo(counted(values, next, end));
      } else {
        decoder.read(new int[end - next], 0, end - next);
      }
      next = end;
    }
  }

  @Property(tries = 2_000)
  void givesRunsOfWhatItWouldGiveInChunksOfAnySize(
      @ForAll @IntRange(max = 32) int width,
      @ForAll @IntRange(min = 1, max = 3_000) int count,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] values = values(width, count, random);
    RunDecoder decoder = new RunDecoder(encoded(values, width), 0, width);
    int[] read = new int[count];
    int[] at = {0};
    while (at[0] < count) {
      int chunk = Math.min(count - at[0], random.nextInt(200));
      if (random.nextInt(4) == 0) {
        decoder.read(read, at[0], chunk);
        at[0] += chunk;
      } else {
        decoder.readRuns(
            chunk,
            (value, length) -> {
              assertThat(length).isPositive();
              Arrays.fill(read, at[0], at[0] + length, value);
              at[0] += length;
            });
      }
    }
    assertThat(read).isEqualTo(values);
  }

  /** Nothing forbids them, and a file may have any number. */
  @Test
  void passesOverEmptyRuns() {
    // Empty repeated and packed runs, each before one of three fives.
    byte[] encoded = {0, 5, 1, 0, 5, 1, 6, 5};
    int[] read = new int[3];
    new RunDecoder(encoded, 0, 3).read(read, 0, 3);
    assertThat(read).containsOnly(5);
    int[] sum = {0};
    new RunDecoder(encoded, 0, 3).readRuns(3, (value, length) -> sum[0] += value * length);
    assertThat(sum[0]).isEqualTo(15);
    ValueCounts counts = new ValueCounts(3);
    new RunDecoder(encoded, 0, 3).count(3, counts);
    assertThat(drained(counts)).isEqualTo(Map.of(5, 3));
  }

  private static Map<Integer, Integer> drained(ValueCounts counts) {
    Map<Integer, Integer> drained = new HashMap<>();
    counts.drain((value, count) -> assertThat(drained.put(value, count)).isNull());
    return drained;
  }

  private static Map<Integer, Integer> counted(int[] values, int from, int to) {
    Map<Integer, Integer> counted = new HashMap<>();
    IntStream.range(from, to).forEach(i -> counted.merge(values[i], 1, Integer::sum));
    return counted;
  }

  /** Runs, and values that differ from their neighbours, of random lengths. */
  private static int[] values(int width, int count, Random random) {
    int[] values = new int[count];
    int mask = width == 0 ? 0 : -1 >>> Integer.SIZE - width;
    int next = 0;
    while (next < count) {
      int end = Math.min(count, next + 1 + random.nextInt(MAX_RUN));
      if (random.nextBoolean()) {
        Arrays.fill(values, next, end, random.nextInt() & mask);
      } else {
        for (int i = next; i < end; i++) {
          values[i] = random.nextInt() & mask;
        }
      }
      next = end;
    }
    return values;
  }

  private static byte[] encoded(int[] values, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 64, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      return encoder.toBytes().toInputStream().readAllBytes();
    }
  }

  private static byte[] shifted(byte[] bytes, int by) {
    byte[] shifted = new byte[by + bytes.length];
    System.arraycopy(bytes, 0, shifted, by, bytes.length);
    return shifted;
  }

  private static int[] read(byte[] bytes, int at, int width, int count, Random random) {
    RunDecoder decoder = new RunDecoder(bytes, at, width);
    int[] values = new int[count];
    int next = 0;
    while (next < count) {
      int chunk = Math.min(count - next, random.nextInt(70));
      decoder.read(values, next, chunk);
      next += chunk;
    }
    return values;
  }

  private static int[] readByLibrary(byte[] bytes, int width, int count) throws IOException {
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(bytes));
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = decoder.readInt();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 31, 32})
  void aRunLongerThanAnyChunkIsOneValueThroughout(int width) throws IOException {
    int[] values = new int[100_000];
    Arrays.fill(values, width == 0 ? 0 : 1 << width - 1);
    int[] read = new int[values.length];
    new RunDecoder(encoded(values, width), 0, width).read(read, 0, read.length);
    assertThat(read).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 32})
  void aGroupThatIsCutOffBehindItsLastValueIsRead(int width) throws IOException {
    int[] values = values(width, 9, new Random(width));
    values[8] = ~values[7] & -1 >>> Integer.SIZE - width;
    byte[] encoded = encoded(values, width);
    int[] read = new int[9];
    // Nine values are two packed groups, of which the second needs the bits of one value.
    byte[] cut = Arrays.copyOf(encoded, encoded.length - width + (width + 7) / 8);
    new RunDecoder(cut, 0, width).read(read, 0, 9);
    assertThat(read).isEqualTo(values);
  }

  @Test
  void moreGroupsThanAnIntCountsAreDamage() {
    byte[] header = {-1, -1, -1, -1, 0x0f, 1, 2, 3};
    assertThatThrownBy(() -> new RunDecoder(header, 0, 1).read(new int[8], 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("more packed values than there can be");
  }

  @Test
  void bytesThatEndTooEarlyAreDamage() {
    assertThatThrownBy(() -> new RunDecoder(new byte[] {2}, 0, 1).read(new int[8], 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
