package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

class TallyTest {

  @Provide
  Arbitrary<List<Verdict>> verdicts() {
    return Tallies.listsOfVerdicts();
  }

  @Test
  void startsAtZero() {
    Tally zero = new Tally();
    assertThat(zero.exits()).isZero();
    assertThat(zero.checked()).isZero();
    assertThat(zero.firstMisses()).isEmpty();
    assertThat(zero.anyMisses()).isEmpty();
    assertThat(zero.hitRate().percent()).isEqualTo("n/a");
    assertThat(zero).hasToString("0 exits, outcomes [0, 0, 0, 0, 0], first {}, any {}");
  }

  @Test
  void countsAMissOnceByItsFirstReasonAndOnceByEveryReason() {
    Tally tally =
        new Tally()
            .plus(Verdict.of(Outcome.SYSRET))
            .plus(Verdict.of(Outcome.FAST_SYSRET))
            .plus(
                Verdict.miss(
                    MissReason.RCX_NOT_RIP, EnumSet.of(MissReason.RCX_NOT_RIP, MissReason.RF_SET)));
    assertThat(tally.exits()).isEqualTo(3);
    assertThat(tally.checked()).isEqualTo(2);
    assertThat(tally.hitRate()).isEqualTo(new Ratio(1, 2));
    assertThat(tally.firstMisses()).isEqualTo(Map.of(MissReason.RCX_NOT_RIP, 1L));
    assertThat(tally.anyMisses())
        .isEqualTo(Map.of(MissReason.RCX_NOT_RIP, 1L, MissReason.RF_SET, 1L));
  }

  @Property
  void addingZeroChangesNothing(@ForAll("verdicts") List<Verdict> verdicts) {
    Tally tally = Tallies.sum(verdicts);
    assertThat(Tallies.sum(verdicts).plus(new Tally())).isEqualTo(tally);
    assertThat(new Tally().plus(tally)).isEqualTo(tally).hasSameHashCodeAs(tally);
  }

  @Property
  void addingIsAssociative(
      @ForAll("verdicts") List<Verdict> a,
      @ForAll("verdicts") List<Verdict> b,
      @ForAll("verdicts") List<Verdict> c) {
    Tally left = Tallies.sum(a).plus(Tallies.sum(b)).plus(Tallies.sum(c));
    Tally right = Tallies.sum(a).plus(Tallies.sum(b).plus(Tallies.sum(c)));
    assertThat(left).isEqualTo(right);
  }

  @Property
  void addingIsCommutative(
      @ForAll("verdicts") List<Verdict> a, @ForAll("verdicts") List<Verdict> b) {
    assertThat(Tallies.sum(a).plus(Tallies.sum(b))).isEqualTo(Tallies.sum(b).plus(Tallies.sum(a)));
  }

  @Property
  void addingPartsIsCountingTheWholeInAnyOrder(
      @ForAll("verdicts") List<Verdict> a, @ForAll("verdicts") List<Verdict> b) {
    List<Verdict> whole = new ArrayList<>(a);
    whole.addAll(b);
    Collections.reverse(whole);
    assertThat(Tallies.sum(a).plus(Tallies.sum(b))).isEqualTo(Tallies.sum(whole));
  }

  @Property
  void whatIsAddedStaysAsItIs(
      @ForAll("verdicts") List<Verdict> a, @ForAll("verdicts") List<Verdict> b) {
    Tally other = Tallies.sum(b);
    Tallies.sum(a).plus(other);
    assertThat(other).isEqualTo(Tallies.sum(b));
  }

  @Property
  void everyExitHasOneOutcomeAndEveryMissOneFirstReason(
      @ForAll("verdicts") List<Verdict> verdicts) {
    Tally tally = Tallies.sum(verdicts);
    tally.verify();
    assertThat(tally.exits()).isEqualTo(verdicts.size());
    assertThat(Arrays.stream(Outcome.values()).mapToLong(tally::count).sum())
        .isEqualTo(tally.exits());
    assertThat(tally.firstMisses().values().stream().mapToLong(it -> it).sum())
        .isEqualTo(tally.count(Outcome.IRET_MISS));
    tally
        .firstMisses()
        .forEach(
            (reason, first) ->
                assertThat(tally.anyMisses().get(reason)).isGreaterThanOrEqualTo(first));
  }
}
