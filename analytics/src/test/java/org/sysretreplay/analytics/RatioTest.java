package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, n/a",
    "0, 1, 0.0 %",
    "1, 1, 100.0 %",
    "1, 2, 50.0 %",
    "1, 3, 33.3 %",
    "2, 3, 66.7 %",
    "1, 2000, 0.1 %",
    "1, 2001, < 0.1 %",
    "1, 9223372036854775807, < 0.1 %",
    "1999, 2000, > 99.9 %",
    "9994, 10000, 99.9 %",
    "9223372036854775806, 9223372036854775807, > 99.9 %",
    "9223372036854775807, 9223372036854775807, 100.0 %",
  })
  void printsOneDigitAndNeverRoundsToNoneOrAll(long hits, long total, String expected) {
    assertThat(new Ratio(hits, total).percent()).isEqualTo(expected);
  }

  @Property
  void onlyNoneIsZeroAndOnlyAllIsAHundred(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long hits,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long misses) {
    String percent = new Ratio(hits, hits + misses).percent();
    assertThat(percent.equals("0.0 %")).isEqualTo(hits == 0 && misses > 0);
    assertThat(percent.equals("100.0 %")).isEqualTo(hits > 0 && misses == 0);
  }

  @Test
  void hasNoValueWhereThereIsNothing() {
    assertThat(new Ratio(0, 0).value()).isEmpty();
    assertThat(new Ratio(1, 4).value()).hasValue(0.25);
  }

  @Test
  void refusesMoreHitsThanThereAre() {
    assertThatThrownBy(() -> new Ratio(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 of 1");
  }

  @Test
  void refusesNegativeHits() {
    assertThatThrownBy(() -> new Ratio(-1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-1 of 1");
  }
}
