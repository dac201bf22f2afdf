package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Ratio;

class FleetTest {

  /** Wilson's formula as in his paper of 1927, for one workload at 5 %. */
  @Test
  void intervalIsWilsons() {
    Fleet one = Fleet.of(List.of(new Ratio(7, 50)));
    double z = 1.959963984540054;
    double n = 50;
    double p = 7 / n;
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    Interval interval = one.interval(new Ratio(7, 50)).orElseThrow();
    assertThat(interval.low()).isCloseTo(middle - half, within(1e-12));
    assertThat(interval.high()).isCloseTo(middle + half, within(1e-12));
  }

  @Test
  void medianIsInTheMiddle() {
    assertThat(Fleet.of(List.of(new Ratio(1, 2), new Ratio(1, 4), new Ratio(3, 3))).median())
        .hasValue(0.5);
    assertThat(Fleet.of(List.of(new Ratio(1, 2), new Ratio(1, 4))).median()).hasValue(0.375);
    assertThat(Fleet.of(List.of(new Ratio(0, 0))).median()).isEmpty();
  }

  @Test
  void whatChanceExplainsIsNotOdd() {
    Random random = new Random(7);
    int fleetsWithOddOnes = 0;
    for (int fleet = 0; fleet < 200; fleet++) {
      List<Ratio> shares = new ArrayList<>();
      for (int host = 0; host < 50; host++) {
        int hits = (int) random.doubles(500).filter(it -> it < 0.9).count();
        shares.add(new Ratio(hits, 500));
      }
      Fleet all = Fleet.of(shares);
      fleetsWithOddOnes += shares.stream().anyMatch(all::isOdd) ? 1 : 0;
    }
    assertThat(fleetsWithOddOnes).isBetween(1, 25);
  }

  @Test
  void anotherShareIsOdd() {
    List<Ratio> shares = new ArrayList<>();
    for (int host = 0; host < 199; host++) {
      shares.add(new Ratio(9_000 + host % 50, 10_000));
    }
    shares.add(new Ratio(8_000, 10_000));
    Fleet fleet = Fleet.of(shares);
    assertThat(shares.stream().filter(fleet::isOdd)).containsExactly(new Ratio(8_000, 10_000));
    assertThat(fleet.isOdd(new Ratio(0, 0))).isFalse();
    assertThat(fleet.isOdd(new Ratio(1, 2))).as("too few to tell").isFalse();
  }

  @Test
  void numbersBeyondIntAreNoTrouble() {
    long total = 1L << 40;
    Interval interval = Fleet.of(List.of()).interval(new Ratio(total / 4, total)).orElseThrow();
    assertThat(interval.low()).isCloseTo(0.25, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.25, within(1e-4)).isGreaterThan(interval.low());
    assertThat(Fleet.of(List.of()).interval(new Ratio(total, total)).orElseThrow().high())
        .isEqualTo(1);
  }

  @Test
  void intervalsOfNoneAndOfAllEndAtExactlyZeroAndOne() {
    for (int total = 1; total <= 3_000; total++) {
      for (int hosts = 10; hosts <= 20; hosts++) {
        Ratio all = new Ratio(total, total);
        Fleet fleet = Fleet.of(Collections.nCopies(hosts, all));
        assertThat(fleet.interval(all).orElseThrow().high()).isEqualTo(1);
        assertThat(fleet.isOdd(all)).as("%d hosts with all of %d", hosts, total).isFalse();
        Ratio none = new Ratio(0, total);
        Fleet without = Fleet.of(Collections.nCopies(hosts, none));
        assertThat(without.interval(none).orElseThrow().low()).isEqualTo(0);
        assertThat(without.isOdd(none)).as("%d hosts with none of %d", hosts, total).isFalse();
      }
    }
  }

  /** Half of a fleet that is odd would be marked nowhere, so the totals are not all the same. */
  @Test
  void equalsOfAllSizesAreNotMarked() {
    List<Ratio> shares = new ArrayList<>();
    for (int host = 0; host < 200; host++) {
      shares.add(new Ratio(100 + 37 * host, 100 + 37 * host));
    }
    Fleet fleet = Fleet.of(shares);
    assertThat(shares).noneMatch(fleet::isOdd).noneMatch(fleet::isMarked);
  }

  @Test
  void intervalHoldsItsShare() {
    for (int total = 1; total <= 300; total++) {
      for (int hits = 0; hits <= total; hits++) {
        Ratio share = new Ratio(hits, total);
        Interval interval = Fleet.wilson(share, 0.05).orElseThrow();
        assertThat(interval.holds(share.value().orElseThrow())).as("%s", share).isTrue();
      }
    }
  }
}
