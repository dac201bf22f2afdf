package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Ratio;

class SparklineTest {

  private static List<Ratio> ratios(long total, long... hits) {
    return LongStream.of(hits).mapToObj(it -> new Ratio(it, total)).toList();
  }

  @Test
  void onlyNoneIsLowestAndOnlyAllIsHighest() {
    assertThat(Sparkline.of(ratios(1000, 0, 1, 300, 500, 700, 999, 1000), true))
        .isEqualTo("▁▂▃▅▆▇█");
    assertThat(Sparkline.of(ratios(1000, 0, 1, 300, 500, 700, 999, 1000), false))
        .isEqualTo("0135689");
  }

  @Test
  void whatHasNoExitHasNoMark() {
    assertThat(Sparkline.of(List.of(new Ratio(1, 1), new Ratio(0, 0), new Ratio(0, 1)), true))
        .isEqualTo("█ ▁");
  }

  @Property
  void moreIsNeverLower(
      @ForAll @LongRange(min = 0, max = 500) long less,
      @ForAll @LongRange(min = 0, max = 500) long more) {
    for (boolean unicode : List.of(true, false)) {
      String marks = Sparkline.of(ratios(1000, less, less + more), unicode);
      assertThat(marks).hasSize(2);
      assertThat(marks.charAt(0)).isLessThanOrEqualTo(marks.charAt(1));
    }
  }
}
