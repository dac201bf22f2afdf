package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;

class RejectSummaryTest {

  @Provide
  Arbitrary<List<Reject>> rejects() {
    return Combinators.combine(
            Arbitraries.of("a.jsonl", "b.jsonl"),
            Arbitraries.longs().between(1, 30),
            Arbitraries.of(RejectReason.MALFORMED_JSON, RejectReason.FIELD_MISSING))
        .as(RejectSummaryTest::reject)
        .list()
        .ofMaxSize(10);
  }

  @Test
  void startsWithNoReasons() {
    assertThat(new RejectSummary().entries()).isEmpty();
  }

  @Test
  void countsEveryReasonAndKeepsItsFirstByFileAndThenByPosition() {
    Reject early = reject("a.jsonl", 9, RejectReason.FIELD_MISSING);
    RejectSummary summary =
        sum(
            List.of(
                reject("b.jsonl", 2, RejectReason.FIELD_MISSING),
                reject("a.jsonl", 10, RejectReason.FIELD_MISSING),
                early,
                reject("b.jsonl", 7, RejectReason.MALFORMED_JSON)));
    assertThat(summary.entries())
        .isEqualTo(
            Map.of(
                RejectReason.FIELD_MISSING,
                new RejectSummary.Entry(3, early),
                RejectReason.MALFORMED_JSON,
                new RejectSummary.Entry(1, reject("b.jsonl", 7, RejectReason.MALFORMED_JSON))));
  }

  @Property
  void addingZeroChangesNothing(@ForAll("rejects") List<Reject> rejects) {
    RejectSummary summary = sum(rejects);
    assertThat(sum(rejects).plus(new RejectSummary())).isEqualTo(summary);
    assertThat(new RejectSummary().plus(summary)).isEqualTo(summary).hasSameHashCodeAs(summary);
  }

  @Property
  void addingIsAssociative(
      @ForAll("rejects") List<Reject> a,
      @ForAll("rejects") List<Reject> b,
      @ForAll("rejects") List<Reject> c) {
    assertThat(sum(a).plus(sum(b)).plus(sum(c))).isEqualTo(sum(a).plus(sum(b).plus(sum(c))));
  }

  @Property
  void addingIsCommutative(@ForAll("rejects") List<Reject> a, @ForAll("rejects") List<Reject> b) {
    assertThat(sum(a).plus(sum(b))).isEqualTo(sum(b).plus(sum(a)));
  }

  @Property
  void countsEveryReject(@ForAll("rejects") List<Reject> rejects) {
    assertThat(sum(rejects).entries().values().stream().mapToLong(RejectSummary.Entry::count).sum())
        .isEqualTo(rejects.size());
  }

  private static RejectSummary sum(List<Reject> rejects) {
    RejectSummary summary = new RejectSummary();
    rejects.forEach(summary::plus);
    return summary;
  }

  private static Reject reject(String source, long line, RejectReason reason) {
    return new Reject(Place.ofLine(source, line), reason, "it is broken", "{");
  }
}
