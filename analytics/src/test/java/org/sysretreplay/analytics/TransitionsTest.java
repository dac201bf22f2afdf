package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

class TransitionsTest {

  private static final Verdict HIT = Verdict.of(Outcome.SYSRET);
  private static final Verdict FAST = Verdict.of(Outcome.FAST_SYSRET);
  private static final Verdict ROUTE = Verdict.of(Outcome.IRET_ROUTE);
  private static final Verdict MISS =
      Verdict.miss(MissReason.RCX_NOT_RIP, EnumSet.of(MissReason.RCX_NOT_RIP));
  private static final Verdict XEN =
      Verdict.miss(MissReason.XEN_PV_GUEST, EnumSet.of(MissReason.XEN_PV_GUEST));

  private record Judged(Verdict base, Verdict other, Optional<Cause> cause) {}

  @Provide
  Arbitrary<List<Judged>> frames() {
    Arbitrary<Verdict> verdicts =
        Arbitraries.of(HIT, FAST, ROUTE, MISS, XEN, Verdict.of(Outcome.ERETU));
    Arbitrary<Optional<Cause>> causes = Arbitraries.of(Cause.class).optional();
    return Combinators.combine(verdicts, verdicts, causes).as(Judged::new).list().ofMaxSize(30);
  }

  private static Transitions sum(List<Judged> frames) {
    Transitions sum = new Transitions();
    frames.forEach(it -> sum.plus(it.base, it.other, it.cause, 1));
    return sum;
  }

  @Property
  void addsUpInAnyOrder(
      @ForAll("frames") List<Judged> a,
      @ForAll("frames") List<Judged> b,
      @ForAll("frames") List<Judged> c) {
    Transitions left = sum(a).plus(sum(b)).plus(sum(c));
    Transitions right = sum(c).plus(sum(b).plus(sum(a)));
    assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
    assertThat(sum(a).plus(new Transitions())).isEqualTo(sum(a));
  }

  @Property
  void theSidesAreTheOutcomesOfEachModel(@ForAll("frames") List<Judged> frames) {
    Transitions transitions = sum(frames);
    for (Outcome outcome : Outcome.values()) {
      assertThat(transitions.base().count(outcome))
          .isEqualTo(frames.stream().filter(it -> it.base.outcome() == outcome).count());
      assertThat(transitions.other().count(outcome))
          .isEqualTo(frames.stream().filter(it -> it.other.outcome() == outcome).count());
    }
    assertThat(transitions.base().exits()).isEqualTo(frames.size());
    assertThat(transitions.other().exits()).isEqualTo(frames.size());
  }

  @Property
  void whatBothSidesDifferByIsNewHitsWithoutLostHits(@ForAll("frames") List<Judged> frames) {
    Transitions transitions = sum(frames);
    long base = transitions.base().sysretShare().hits();
    long other = transitions.other().sysretShare().hits();
    assertThat(other - base)
        .isEqualTo(transitions.count(Change::isNewHit) - transitions.count(Change::isLostHit));
  }

  @Test
  void tellsNewHitsFromLostOnesAndMissesFromOtherWaysBack() {
    assertThat(kinds(MISS, HIT)).containsExactly("new hit", "miss to hit");
    assertThat(kinds(ROUTE, HIT)).containsExactly("new hit");
    assertThat(kinds(MISS, FAST)).containsExactly("new hit");
    assertThat(kinds(HIT, MISS)).containsExactly("lost hit", "hit to miss");
    assertThat(kinds(HIT, ROUTE)).containsExactly("lost hit");
    assertThat(kinds(FAST, MISS)).containsExactly("lost hit");
    assertThat(kinds(HIT, FAST)).isEmpty();
    assertThat(kinds(MISS, ROUTE)).isEmpty();
    assertThat(kinds(HIT, HIT)).isEmpty();
  }

  private static List<String> kinds(Verdict base, Verdict other) {
    Change change = new Change(base.outcome(), other.outcome(), Optional.empty(), 1);
    List<String> kinds = new ArrayList<>();
    if (change.isNewHit()) {
      kinds.add("new hit");
    }
    if (change.isLostHit()) {
      kinds.add("lost hit");
    }
    if (change.isMissToHit()) {
      kinds.add("miss to hit");
    }
    if (change.isHitToMiss()) {
      kinds.add("hit to miss");
    }
    return kinds;
  }

  @Test
  void theCauseIsTheFramesOrWhatTheMissComesFrom() {
    assertThat(cause(MISS, HIT, Optional.of(Cause.EXECVE))).contains(Cause.EXECVE);
    assertThat(cause(HIT, MISS, Optional.of(Cause.SINGLE_STEP))).contains(Cause.SINGLE_STEP);
    assertThat(cause(HIT, XEN, Optional.empty())).contains(Cause.XEN_PV_GUEST);
    assertThat(cause(XEN, HIT, Optional.empty())).contains(Cause.XEN_PV_GUEST);
    assertThat(cause(HIT, MISS, Optional.empty())).contains(Cause.UNKNOWN);
    assertThat(cause(HIT, ROUTE, Optional.empty())).isEmpty();
    assertThat(cause(HIT, HIT, Optional.of(Cause.SINGLE_STEP))).contains(Cause.SINGLE_STEP);
  }

  private static Optional<Cause> cause(Verdict base, Verdict other, Optional<Cause> ofFrame) {
    List<Change> all = new Transitions().plus(base, other, ofFrame, 1).all();
    assertThat(all).hasSize(1);
    return all.get(0).cause();
  }
}
