package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Doubt;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

class TallyTest {

  private static final Verdict MISS =
      Verdict.miss(MissReason.RCX_NOT_RIP, EnumSet.of(MissReason.RCX_NOT_RIP, MissReason.RF_SET));
  private static final Optional<Cause> FAULT = Cause.FAULT.present();
  private static final Verdict SYSRET = Verdict.of(Outcome.SYSRET);
  private static final Verdict IRET = Verdict.of(Outcome.IRET_ROUTE);

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
    assertThat(zero)
        .hasToString(
            "0 exits, outcomes {}, first {}, any {}, causes {}, stages {}, carried over {}");
  }

  @Test
  void countsAMissOnceByItsFirstReasonAndOnceByEveryReason() {
    Tally tally =
        Tallies.sum(List.of(Verdict.of(Outcome.SYSRET), Verdict.of(Outcome.FAST_SYSRET), MISS));
    assertThat(tally.exits()).isEqualTo(3);
    assertThat(tally.checked()).isEqualTo(2);
    assertThat(tally.hitRate()).isEqualTo(new Ratio(1, 2));
    assertThat(tally.firstMisses()).isEqualTo(Map.of(MissReason.RCX_NOT_RIP, 1L));
    assertThat(tally.anyMisses())
        .isEqualTo(Map.of(MissReason.RCX_NOT_RIP, 1L, MissReason.RF_SET, 1L));
  }

  @Test
  void countsTheCauseOfEveryMissAndOfNoOtherFrame() {
    Optional<Cause> delivered = Cause.SIGNAL_DELIVERY.present();
    Optional<Cause> clean = Optional.empty();
    Verdict xen = Verdict.miss(MissReason.XEN_PV_GUEST, EnumSet.of(MissReason.XEN_PV_GUEST));
    Tally tally =
        new Tally()
            .plus(Stage.AMENDED, delivered, MISS, MISS, 1)
            .plus(Stage.AMENDED, delivered, IRET, IRET, 1)
            .plus(Stage.EARLY, clean, SYSRET, SYSRET, 1)
            .plus(Stage.EARLY, clean, xen, xen, 1)
            .plus(Stage.EARLY, clean, MISS, MISS, 1);
    assertThat(tally.causes())
        .isEqualTo(Map.of(Cause.SIGNAL_DELIVERY, 1L, Cause.XEN_PV_GUEST, 1L, Cause.UNKNOWN, 1L));
    assertThat(tally.count(Stage.AMENDED)).isEqualTo(2);
    assertThat(tally.count(Stage.EARLY)).isEqualTo(3);
    tally.verify();
  }

  @Test
  void countsWhatIsGainedAndLostAgainstAKernelWithoutChecksAndAgainstTheModelItself() {
    Tally tally =
        new Tally()
            .plus(Stage.FINAL, FAULT, SYSRET, MISS, 1)
            .plus(Stage.FINAL, FAULT, MISS, SYSRET, 1)
            .plus(Stage.FINAL, FAULT, MISS, MISS, 1)
            .plus(Stage.FINAL, FAULT, Verdict.of(Outcome.ERETU), IRET, 1);
    assertThat(tally.gained()).isZero();
    tally
        .plusTime(SYSRET, IRET, 1)
        .plusTime(MISS, IRET, 2)
        .plusTime(MISS, Verdict.of(Outcome.FAST_SYSRET), 4)
        .plusTime(IRET, IRET, 8)
        .plusTime(Verdict.of(Outcome.ERETU), IRET, 16);
    assertThat(tally.gained()).isEqualTo(1);
    assertThat(tally.lost()).isEqualTo(4);
    assertThat(tally.slow()).isEqualTo(14);
    assertThat(tally.slowMisses()).isEqualTo(6);
    assertThat(tally.policyGained()).isEqualTo(1);
    assertThat(tally.policyLost()).isEqualTo(1);
  }

  @Test
  void countsWhatIsCarriedOverBesideTheOutcomes() {
    Tally tally = Tallies.sum(List.of(MISS, SYSRET)).plusCarriedOver(Cause.RSEQ_ABORT, 1);
    Tally other = Tallies.sum(List.of(MISS)).plusCarriedOver(Cause.RSEQ_ABORT, 2);
    assertThat(tally.plus(other).carriedOver()).isEqualTo(Map.of(Cause.RSEQ_ABORT, 3L));
    assertThat(tally.exits()).isEqualTo(3);
    assertThat(tally).isNotEqualTo(Tallies.sum(List.of(MISS, SYSRET, MISS)));
    tally.verify();
  }

  @Test
  void countsReturnsOfWhichTheTraceDoesNotTellAll() {
    assertThat(Tallies.sum(List.of(Verdict.doubtful(Doubt.COMPAT_RETURN), IRET)).doubts())
        .isEqualTo(1);
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
