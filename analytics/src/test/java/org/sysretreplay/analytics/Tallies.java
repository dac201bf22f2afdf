package org.sysretreplay.analytics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

/** Arbitrary verdicts, tallies and tables for property tests. */
final class Tallies {

  private Tallies() {}

  /** Any verdict that a model can give: a miss with any set of reasons, or any other outcome. */
  static Arbitrary<Verdict> verdicts() {
    Arbitrary<Verdict> others =
        Arbitraries.of(EnumSet.complementOf(EnumSet.of(Outcome.IRET_MISS))).map(Verdict::of);
    Arbitrary<Verdict> misses =
        Arbitraries.of(MissReason.class)
            .set()
            .ofMinSize(1)
            .flatMap(
                all -> Arbitraries.of(all).map(first -> Verdict.miss(first, EnumSet.copyOf(all))));
    return Arbitraries.oneOf(List.of(others, misses));
  }

  static Arbitrary<List<Verdict>> listsOfVerdicts() {
    return verdicts().list().ofMaxSize(20);
  }

  /** Verdicts of a few groups, so that tables have groups in common. */
  static Arbitrary<TallyTable> tables() {
    Arbitrary<Group> groups =
        Combinators.combine(
                Arbitraries.of("nginx", "gcc"),
                Arbitraries.of(Set.of("seed", "linux-4.2")),
                Arbitraries.of(0L, 1L).injectNull(0.3))
            .as((workload, model, cpu) -> new Group(workload, model, listOf(cpu)));
    return Combinators.combine(groups, listsOfVerdicts())
        .as(Grouped::new)
        .list()
        .ofMaxSize(4)
        .map(Tallies::table);
  }

  private record Grouped(Group group, List<Verdict> verdicts) {}

  private static TallyTable table(List<Grouped> parts) {
    TallyTable table = new TallyTable();
    parts.forEach(part -> part.verdicts.forEach(it -> add(table.of(part.group), it)));
    return table;
  }

  /** The values of a group by one column; null is a value that is not known. */
  static List<Object> listOf(Object value) {
    return Collections.singletonList(value);
  }

  /** Adds the verdict on a frame that an older kernel returns by IRET. */
  static Tally add(Tally tally, Verdict verdict) {
    return tally
        .plus(Stage.FINAL, Cause.FAULT.present(), verdict, verdict, 1)
        .plusTime(verdict, Verdict.of(Outcome.IRET_ROUTE), 1);
  }

  static Tally sum(List<Verdict> verdicts) {
    Tally tally = new Tally();
    verdicts.forEach(verdict -> add(tally, verdict));
    return tally;
  }
}
