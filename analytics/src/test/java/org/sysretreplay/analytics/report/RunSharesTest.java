package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.Ratio;

class RunSharesTest {

  private static final double USUAL = 0.05;
  private static final int TRIES = 3_000;

  private static RunShares shares(String runs) {
    return new RunShares(
        Stream.of(runs.split(" "))
            .map(it -> it.split("/"))
            .map(it -> new Ratio(Long.parseLong(it[0]), Long.parseLong(it[1])))
            .toList());
  }

  /** The examples of Newcombe 1998, table II, method 10; ours is other - base. */
  @ParameterizedTest
  @CsvSource({
    "48/80, 56/70, 0.0524, 0.3339",
    "3/10, 9/10, 0.1705, 0.8090",
    "2/7, 6/7, 0.0582, 0.8062",
    "0/29, 5/56, -0.0381, 0.1926",
    "0/20, 0/10, -0.1611, 0.2775"
  })
  void oneRunASideIsNewcombesInterval(String base, String other, double low, double high) {
    Interval interval = shares(base).difference(shares(other), USUAL);
    assertThat(interval.low()).isCloseTo(low, within(1e-4));
    assertThat(interval.high()).isCloseTo(high, within(1e-4));
  }

  /** Of 0.2 and 0.5 against 0.6, 0.7 and 0.8, by Welch's formulas and a quantile of our own. */
  @Test
  void runsOfOneLengthAreWelchsInterval() {
    Interval interval =
        shares("2000/10000 5000/10000")
            .difference(shares("6000/10000 7000/10000 8000/10000"), USUAL);
    double error = Math.sqrt(0.045 / 2 + 0.01 / 3);
    double freedom =
        Math.pow(0.045 / 2 + 0.01 / 3, 2)
            / (Math.pow(0.045 / 2, 2) / 1 + Math.pow(0.01 / 3, 2) / 2);
    assertThat(freedom).isCloseTo(1.303, within(1e-3));
    double reach = error * quantile(freedom);
    assertThat(interval.low()).isCloseTo(Math.max(-1, 0.35 - reach), within(1e-4));
    assertThat(interval.high()).isCloseTo(Math.min(1, 0.35 + reach), within(1e-4));
  }

  /** The weights are 0.1 and 0.9, so that the variance of a run counts 0.82 times. */
  @Test
  void runsOfTwoLengthsAreWelchsIntervalWithTheirWeights() {
    Interval interval =
        shares("4000/10000 45000/90000").difference(shares("5500/10000 58500/90000"), USUAL);
    double reach = Math.sqrt(2 * 0.005 * 0.82) * quantile(2);
    assertThat(interval.low()).isCloseTo(0.15 - reach, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.15 + reach, within(1e-4));
  }

  @Test
  void oneRunIsAsFarOffAsEachOfTheOtherSideWhateverTheirLengths() {
    Interval interval = shares("30000/50000").difference(shares("4000/10000 45000/90000"), USUAL);
    double reach = Math.sqrt(0.005 * 1.82) * quantile(1);
    assertThat(interval.low()).isCloseTo(Math.max(-1, 0.49 - 0.6 - reach), within(1e-4));
    assertThat(interval.high()).isCloseTo(Math.min(1, 0.49 - 0.6 + reach), within(1e-4));
  }

  @Test
  void aRunThatMakesUpTheSumDoesNotHideTheSpread() {
    RunShares base = shares("50/100 60000/100000 45/100");
    assertThat(base.difference(shares("55/100 40000/100000 48/100"), USUAL).holds(0)).isTrue();
  }

  /** Of Student's t at 0.975. */
  private static double quantile(double freedom) {
    double low = 0;
    double high = 1_000;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      if (probability(middle, freedom) < 0.475) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of Student's t to lie from 0 to x: with x = sqrt(v) tan(a) the density is cos(a)^(v-1). */
  private static double probability(double x, double freedom) {
    return cosines(Math.atan(x / Math.sqrt(freedom)), freedom) / cosines(Math.PI / 2, freedom) / 2;
  }

  private static double cosines(double end, double freedom) {
    // In the square of the angle that is left to the end, so that nothing is steep there.
    int steps = 20_000;
    double width = Math.sqrt(Math.PI / 2);
    double from = Math.sqrt(Math.PI / 2 - end);
    double step = (width - from) / steps;
    return IntStream.range(0, steps)
            .mapToDouble(it -> from + (it + 0.5) * step)
            .map(it -> 2 * it * Math.pow(Math.sin(it * it), freedom - 1))
            .sum()
        * step;
  }

  @Test
  void runsThatHappenToAgreeProveNothing() {
    Interval interval = shares("0/10 0/10 0/10").difference(shares("1/10 1/10 1/10"), USUAL);
    assertThat(interval.holds(0)).isTrue();
    assertThat(shares("5/10 5/10").interval(USUAL)).isEqualTo(shares("10/20").interval(USUAL));
  }

  @Test
  void theSpreadIsFromTheLowestRunToTheHighest() {
    assertThat(shares("1/4 3/4 2/4").spread().value()).hasValue(50);
    assertThat(shares("1/4").spread().value()).hasValue(0);
    assertThat(shares("1/4 3/4 2/4").sum()).isEqualTo(new Ratio(6, 12));
  }

  @Test
  void nothingHasNoShare() {
    assertThatThrownBy(() -> new RunShares(List.of())).hasMessageContaining("nothing");
    assertThatThrownBy(() -> shares("0/0")).hasMessageContaining("nothing");
  }

  /** Runs whose own shares lie around the side's, of lengths that differ by half. */
  private static RunShares runs(Random random, int count, double share, double spread) {
    return new RunShares(
        IntStream.range(0, count)
            .mapToObj(
                it -> {
                  double own = own(random, share, spread);
                  return run(random, 300 + random.nextInt(150), own);
                })
            .toList());
  }

  private static double own(Random random, double share, double spread) {
    return Math.max(0, Math.min(1, share + spread * random.nextGaussian()));
  }

  private static Ratio run(Random random, int exits, double own) {
    return new Ratio(random.doubles(exits).filter(it -> it < own).count(), exits);
  }

  private static double changes(
      int ofBase, int ofOther, double base, double other, double spread, long seed) {
    Random random = new Random(seed);
    long found =
        IntStream.range(0, TRIES)
            .filter(
                it ->
                    !runs(random, ofBase, base, spread)
                        .difference(runs(random, ofOther, other, spread), USUAL)
                        .holds(0))
            .count();
    return (double) found / TRIES;
  }

  /** Where runs differ by more than chance, so that the spread decides. */
  @ParameterizedTest
  @CsvSource({"3, 3", "5, 5", "8, 4", "1, 5", "5, 1"})
  void equalSidesAreCalledAChangeOnceInTwenty(int ofBase, int ofOther) {
    assertThat(changes(ofBase, ofOther, 0.7, 0.7, 0.08, 11)).isBetween(0.025, 0.065);
  }

  /** A long run leaves less to average over, and t over all runs is then wider than it need be. */
  @ParameterizedTest
  @ValueSource(strings = {"1:10:1", "1:100:1", "1:10"})
  void equalSidesAreNoMoreOftenCalledAChangeWhereRunsDifferInLength(String lengths) {
    Random random = new Random(17);
    long found =
        IntStream.range(0, TRIES)
            .filter(
                it -> !runsOf(random, lengths).difference(runsOf(random, lengths), USUAL).holds(0))
            .count();
    assertThat((double) found / TRIES).isBetween(0.005, 0.05);
  }

  private static RunShares runsOf(Random random, String lengths) {
    return new RunShares(
        Stream.of(lengths.split(":"))
            .map(it -> run(random, 300 * Integer.parseInt(it), own(random, 0.7, 0.08)))
            .toList());
  }

  @Test
  void oneRunASideIsCalledAChangeOnceInTwentyByChanceAlone() {
    assertThat(changes(1, 1, 0.7, 0.7, 0, 12)).isBetween(0.035, 0.065);
  }

  @Test
  void severalRunsAreNotCalledAChangeMoreOftenWhereChanceIsAll() {
    assertThat(changes(4, 4, 0.7, 0.7, 0, 13)).isBetween(0.005, 0.06);
  }

  /** What one run a side would call a change most of the time, several runs do not. */
  @Test
  void oneRunASideCannotSeeTheSpread() {
    assertThat(changes(1, 1, 0.7, 0.7, 0.08, 14)).isGreaterThan(0.3);
  }

  @Test
  void aRealFallIsFound() {
    assertThat(changes(5, 5, 0.7, 0.55, 0.04, 15)).isGreaterThan(0.95);
    assertThat(changes(1, 1, 0.7, 0.55, 0, 16)).isGreaterThan(0.95);
  }
}
