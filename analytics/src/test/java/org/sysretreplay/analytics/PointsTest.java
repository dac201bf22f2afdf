package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 2, 0.0",
    "1, 2, 2, 4, 0.0",
    "0, 7, 7, 7, +100.0",
    "7, 7, 0, 9, -100.0",
    "1, 4, 3, 8, +12.5",
    "1, 3, 1, 4, -8.3",
    "1, 6, 1, 3, +16.6",
    "0, 1000, 1, 1000, +0.1",
    "0, 10000, 1, 10000, < +0.1",
    // As printed: 50.0 and 49.9, 50.0 and 50.0, 33.3 and 33.4, > 99.9 and 100.0.
    "49960, 100000, 49940, 100000, -0.1",
    "50040, 100000, 49960, 100000, > -0.1",
    "50049, 100000, 49950, 100000, > -0.1",
    "33340, 100000, 33350, 100000, +0.1",
    "9999, 10000, 10000, 10000, < +0.1",
    "1, 10000, 0, 10000, > -0.1",
    "0, 2000, 1, 2000, +0.1",
    "0, 0, 1, 2, n/a",
    "1, 2, 0, 0, n/a"
  })
  void printsTheDifferenceOfWhatIsPrintedAndNeverADifferenceAsNone(
      long hits, long total, long laterHits, long laterTotal, String text) {
    assertThat(new Points(new Ratio(hits, total), new Ratio(laterHits, laterTotal)).text())
        .isEqualTo(text);
  }

  @Test
  void hasAValueWhereBothRatiosHave() {
    assertThat(new Points(new Ratio(1, 4), new Ratio(3, 8)).value()).hasValue(12.5);
    assertThat(new Points(new Ratio(0, 0), new Ratio(3, 8)).value())
        .isEqualTo(OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "900, 1000, 895, 1000, 0.5, false",
    "900, 1000, 894, 1000, 0.5, true",
    "900, 1000, 894, 1000, 0.6, false",
    "900, 1000, 900, 1000, 0, false",
    "900, 1000, 899, 1000, 0, true",
    "900, 1000, 1000, 1000, 0, false",
    // A third is no decimal number, and a double would round here.
    "1, 3, 0, 3, 33.333333333, true",
    "1, 3, 0, 3, 33.333333334, false",
    "9000000000000000000, 9000000000000000000, 8999999999999999999, 9000000000000000000, 0, true",
    "0, 0, 0, 5, 0, false",
    "5, 5, 0, 0, 0, false"
  })
  void tellsAFallOfMoreThanSoManyPointsExactly(
      long hits, long total, long laterHits, long laterTotal, BigDecimal points, boolean falls) {
    Points difference = new Points(new Ratio(hits, total), new Ratio(laterHits, laterTotal));
    assertThat(difference.isFallOfMoreThan(points)).isEqualTo(falls);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 2, 0.0 points",
    "1, 4, 3, 8, +12.5 points",
    "7, 7, 0, 9, -100.0 points",
    "5852, 6041, 5851, 6041, by less than 0.1 points",
    "5851, 6041, 5852, 6041, by less than 0.1 points",
    "0, 0, 1, 2, n/a points"
  })
  void saysInASentenceThatADifferenceIsTiny(
      long hits, long total, long laterHits, long laterTotal, String text) {
    assertThat(new Points(new Ratio(hits, total), new Ratio(laterHits, laterTotal)).inSentence())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, 1, 2, 24.999, 25.0",
    "3, 4, 1, 2, 0, 25.0",
    "5852, 6041, 5851, 6041, 0.01, 0.017",
    "5852, 6041, 5851, 6041, 0.010, 0.017",
    "5852, 6041, 5851, 6041, 0.0165, 0.01655",
    "5852, 6041, 5851, 6041, 0, 0.02",
    "900, 1000, 895, 1000, 0.4, 0.5",
    // Printed as 50.0 and 49.5, which alone would be no more than is allowed.
    "50040, 100000, 49480, 100000, 0.5, 0.56",
    "1, 3, 0, 3, 33.3, 33.33",
    "1, 3, 0, 3, 33.333333333, 33.3333333333",
    "9000000000000000000, 9000000000000000000, 8999999999999999999, 9000000000000000000, 0, 0.00000000000000001"
  })
  void showsAFallWithTheDigitsThatTellItFromWhatIsAllowed(
      long hits, long total, long laterHits, long laterTotal, BigDecimal allowed, String fall) {
    Points difference = new Points(new Ratio(hits, total), new Ratio(laterHits, laterTotal));
    assertThat(difference.fallBeyond(allowed)).isEqualTo(fall);
    assertThat(new BigDecimal(fall)).isGreaterThan(allowed);
  }

  @Test
  void noFallThatIsAllowedIsShownAsOneBeyond() {
    Points difference = new Points(new Ratio(900, 1000), new Ratio(895, 1000));
    assertThatThrownBy(() -> difference.fallBeyond(new BigDecimal("0.5")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
