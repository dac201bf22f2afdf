package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Counts of few things are exact, and counts of many things within the error that is given. */
class FrequentCountsTest {

  private static final int MOST = 8;

  private static FrequentCounts<Integer> counts(List<Integer> things) {
    FrequentCounts<Integer> counts = new FrequentCounts<>(MOST);
    things.forEach(it -> counts.add(it, 1));
    return counts;
  }

  private static Map<Integer, Long> exactly(List<Integer> things) {
    Map<Integer, Long> counts = new HashMap<>();
    things.forEach(it -> counts.merge(it, 1L, Long::sum));
    return counts;
  }

  @Property
  void fewThingsAreCountedExactly(
      @ForAll @Size(max = 200) List<@IntRange(max = 2 * MOST - 1) Integer> things) {
    FrequentCounts<Integer> counts = counts(things);
    assertThat(counts.counts()).isEqualTo(exactly(things));
    assertThat(counts.uncounted()).isZero();
    assertThat(counts.total()).isEqualTo(things.size());
  }

  @Property
  void ofManyThingsNoneThatIsFrequentIsMissed(
      @ForAll @Size(max = 400) List<@IntRange(max = 60) Integer> left,
      @ForAll @Size(max = 400) List<@IntRange(max = 60) Integer> right) {
    Map<Integer, Long> exact = exactly(left);
    exactly(right).forEach((thing, count) -> exact.merge(thing, count, Long::sum));
    FrequentCounts<Integer> both = counts(left);
    both.addAll(counts(right));
    long all = left.size() + right.size();
    assertThat(both.total()).isEqualTo(all);
    assertThat(both.counts()).hasSizeLessThanOrEqualTo(2 * MOST);
    exact.forEach(
        (thing, count) -> {
          long counted = both.counts().getOrDefault(thing, 0L);
          assertThat(counted).isBetween(count - all / MOST, count);
          assertThat(count).isLessThanOrEqualTo(counted + both.uncounted());
        });
  }

  @Property
  void thingsOfOneNameAreCountedTogether(
      @ForAll @Size(max = 100) List<@IntRange(max = 2 * MOST - 1) Integer> things) {
    FrequentCounts<Integer> counts = counts(things);
    counts.rename(it -> it / 3);
    assertThat(counts.counts()).isEqualTo(exactly(things.stream().map(it -> it / 3).toList()));
    assertThat(counts.total()).isEqualTo(things.size());
  }
}
