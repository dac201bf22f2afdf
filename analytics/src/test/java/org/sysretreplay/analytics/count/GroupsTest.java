package org.sysretreplay.analytics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.columnar.LongDictionary;

/** Codes, groups and counts against plain maps. */
class GroupsTest {

  private static final int BATCH = 1_000;

  /** Rows that are counted by three columns. */
  private record Rows(int[] first, int[] second, int[] third) {

    static Rows of(int count, int firsts, int seconds, int thirds, Random random) {
      return new Rows(
          codes(count, firsts, random),
          codes(count, seconds, random),
          codes(count, thirds, random));
    }

    int count() {
      return first.length;
    }
  }

  /** Random runs of codes; the least, -1, is null. */
  private static int[] codes(int count, int codes, Random random) {
    int[] all = new int[count];
    int next = 0;
    while (next < count) {
      int code = random.nextInt(codes + 1) - 1;
      int end = Math.min(count, next + 1 + random.nextInt(5));
      while (next < end) {
        all[next++] = code;
      }
    }
    return all;
  }

  @Property(tries = 300)
  void rowsAreCountedAsAMapCountsThem(
      @ForAll @IntRange(min = 1, max = 5_000) int count,
      @ForAll @IntRange(max = 6_000) int seconds,
      @ForAll @IntRange(max = 6_000) int thirds,
      @ForAll long seed) {
    assertCounted(Rows.of(count, 10, seconds, thirds, new Random(seed)));
  }

  @ParameterizedTest
  @CsvSource({
    "60_000, 5_000, 1, 1",
    "60_000, 1, 5_000, 1",
    "60_000, 1, 1, 5_000",
    "60_000, 3_000, 3_000, 3_000",
    "60_000, 1_023, 1_024, 1_025",
    "60_000, 4_094, 2, 4_096",
    "60_000, 0, 0, 0"
  })
  void manyGroupsAndManyCodesAreCountedToo(String count, String a, String b, String c) {
    assertCounted(Rows.of(number(count), number(a), number(b), number(c), new Random(1)));
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("_", ""));
  }

  /**
   * Counts rows as a store's are counted, by groups of the first column that the others divide, and
   * compares with a map.
   */
  private static void assertCounted(Rows rows) {
    Groups groups = new Groups();
    Histogram histogram = new Histogram();
    int codesEnd = 0;
    for (int start = 0; start < rows.count(); start += BATCH) {
      int count = Math.min(BATCH, rows.count() - start);
      int[] batch = slice(rows.first(), start, count);
      // A row's class is never null.
      for (int i = 0; i < count; i++) {
        batch[i]++;
      }
      groups.divide(batch, slice(rows.second(), start, count), count);
      int[] codes = slice(rows.third(), start, count);
      codesEnd = Math.max(codesEnd, IntStream.of(codes).max().orElseThrow() + 1);
      histogram.add(batch, codes, count, groups.size(), codesEnd);
    }
    Map<List<Integer>, Long> counted = new HashMap<>();
    histogram.forEach(
        (group, code, count) -> {
          assertThat(count).isPositive();
          assertThat(group).isBetween(0, groups.size() - 1);
          List<Integer> row = List.of(groups.whole(group) - 1, groups.code(group), code);
          assertThat(counted.put(row, count)).isNull();
        });
    assertThat(counted).isEqualTo(expected(rows));
  }

  private static int[] slice(int[] codes, int start, int count) {
    int[] slice = new int[BATCH];
    System.arraycopy(codes, start, slice, 0, count);
    return slice;
  }

  private static Map<List<Integer>, Long> expected(Rows rows) {
    Map<List<Integer>, Long> expected = new HashMap<>();
    for (int i = 0; i < rows.count(); i++) {
      expected.merge(List.of(rows.first()[i], rows.second()[i], rows.third()[i]), 1L, Long::sum);
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 4_095, 4_096, 4_097, 10_000})
  void rowsWithoutACodeAreOfTheCodeZero(int groups) {
    Random random = new Random(groups);
    Histogram histogram = new Histogram();
    Map<Integer, Long> expected = new HashMap<>();
    for (int batch = 0; batch < 20; batch++) {
      int[] rows = random.ints(BATCH, 0, groups).toArray();
      histogram.add(rows, BATCH - batch);
      for (int i = 0; i < BATCH - batch; i++) {
        expected.merge(rows[i], 1L, Long::sum);
      }
    }
    Map<Integer, Long> counted = new HashMap<>();
    histogram.forEach(
        (group, code, count) -> {
          assertThat(code).isZero();
          counted.merge(group, count, Long::sum);
        });
    assertThat(counted).isEqualTo(expected);
  }

  @Property(tries = 300)
  void valuesAreNumberedInTheOrderInWhichTheyFirstCame(
      @ForAll @IntRange(min = 1, max = 3_000) int count,
      @ForAll @IntRange(min = 1, max = 1_000_000) int values,
      @ForAll @IntRange(max = 63) int shift,
      @ForAll long seed) {
    Random random = new Random(seed);
    LongDictionary codes = new LongDictionary();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < count; i++) {
      long value = (long) (random.nextInt(values) - values / 2) << shift;
      int code = expected.computeIfAbsent(value, it -> expected.size());
      assertThat(codes.of(value)).isEqualTo(code);
      assertThat(codes.value(code)).isEqualTo(value);
    }
    assertThat(codes.size()).isEqualTo(expected.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void aValueIsNewOnceWhateverItIs(long value) {
    LongDictionary codes = new LongDictionary();
    assertThat(codes.of(value)).isZero();
    assertThat(codes.of(value + 1)).isEqualTo(1);
    assertThat(codes.of(value)).isZero();
    assertThat(codes.size()).isEqualTo(2);
  }
}
