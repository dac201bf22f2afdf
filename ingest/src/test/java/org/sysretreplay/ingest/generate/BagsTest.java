package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.sysretreplay.ingest.generate.Bags.Content;

class BagsTest {

  @Property(tries = 200)
  void everyRoundHasEverythingAsOftenAsItShould(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> counts,
      @ForAll long seed) {
    Bags bags = new Bags(2, contents(counts));
    SeededRandom random = new SeededRandom(seed);
    int round = counts.stream().mapToInt(it -> it).sum();
    for (int i = 0; i < 3; i++) {
      Map<Integer, Integer> drawn = new HashMap<>();
      for (int n = 0; n < round; n++) {
        drawn.merge(bags.draw(1, random), 1, Integer::sum);
      }
      for (int n = 0; n < counts.size(); n++) {
        assertThat(drawn.get(n)).isEqualTo(counts.get(n));
      }
    }
  }

  private static List<Content> contents(List<Integer> counts) {
    return IntStream.range(0, counts.size())
        .mapToObj(i -> new Content(1, i, counts.get(i)))
        .toList();
  }

  @Test
  void largeCountsAreScaledDownAndRareOnesStay() {
    Bags bags = new Bags(1, List.of(new Content(0, 7, 1L << 50), new Content(0, 8, 1)));
    SeededRandom random = new SeededRandom(1);
    int rare = 0;
    for (int i = 0; i < (1 << 22) + 1; i++) {
      rare += bags.draw(0, random) == 8 ? 1 : 0;
    }
    assertThat(rare).isEqualTo(1);
  }
}
