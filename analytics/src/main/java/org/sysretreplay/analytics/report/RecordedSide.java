package org.sysretreplay.analytics.report;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.Counts;

/** What a side of a comparison shows of how it was recorded, and its name in sentences. */
record RecordedSide(String name, ComparisonSide side) {

  Counts counts() {
    return side.intake().counts();
  }

  private Stream<RecordedOn> recordedOn() {
    return side.runs().stream().flatMap(it -> it.machines().recordedOn().values().stream());
  }

  SortedSet<String> releases() {
    return recordedOn()
        .map(RecordedOn::release)
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean shows(MachineSign sign) {
    return recordedOn().anyMatch(it -> it.fact(sign).isYes());
  }

  /** How many exits each event shows; the empty name is of those without. */
  Map<String, Long> events() {
    return side.runs().stream()
        .flatMap(it -> it.table().tallies().entrySet().stream())
        .collect(
            Collectors.groupingBy(
                it -> it.getKey().by().get(0) == null ? "" : (String) it.getKey().by().get(0),
                Collectors.summingLong(it -> it.getValue().exits())));
  }

  Ratio early() {
    Tally all = new Tally();
    side.runs().forEach(run -> run.table().tallies().values().forEach(all::plus));
    return new Ratio(all.count(Stage.EARLY), all.exits());
  }

  /** Whether it holds events that are no exits, such as sys_enter. */
  boolean hasOtherEvents() {
    return counts().ignored() > Comparability.MANY * counts().seen();
  }
}
