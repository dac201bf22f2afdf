package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.sample.RecordedEvent;
import org.sysretreplay.ingest.trace.Counts;

/**
 * What differs between the recordings of two sides, so that a difference may be theirs: a sentence
 * each, with what to do. Of the same runs it is only whether one side returns by ERETU.
 */
public final class Comparability {

  /** An event of fewer exits may be missing by chance. */
  private static final double RARE = 0.01;

  /** What every way of recording has. */
  private static final Set<String> OF_EVERY_WAY =
      Stream.of(RecordedEvent.values())
          .filter(RecordedEvent::isJudgedAlone)
          .map(RecordedEvent::event)
          .collect(Collectors.toUnmodifiableSet());

  /** A sentence names no more workloads than these. */
  private static final int MOST_NAMES = 5;

  /** So many early exits can change what a side comes to. */
  static final double MANY = 0.1;

  /** How many times as long makes a run another one. */
  private static final double MUCH_LONGER = 10;

  private final Comparison comparison;
  private final RecordedSide base;
  private final RecordedSide other;
  private final List<String> sentences = new ArrayList<>();

  private Comparability(Comparison comparison) {
    this.comparison = comparison;
    base = new RecordedSide("base", comparison.base());
    other = new RecordedSide("other", comparison.other());
  }

  /** All that keeps the sides from being comparable. */
  public static List<String> of(Comparison comparison) {
    Comparability all = new Comparability(comparison);
    all.fred();
    if (!comparison.whatIf()) {
      all.workloads();
      all.machines();
      all.lost();
      all.rejected();
      all.sampled();
      all.counted();
      all.events();
      all.early();
      all.lengths();
    }
    return List.copyOf(all.sentences);
  }

  /** Under FRED there is no SYSRET to lose. */
  private void fred() {
    boolean ofBase = returnByEretu(ComparedWorkload::base);
    if (ofBase != returnByEretu(ComparedWorkload::other)) {
      sentences.add(
          "Exits of %s return by ERETU, whose cost is not established: that none of them is by SYSRET is no loss; compare models without FRED."
              .formatted(ofBase ? base.name() : other.name()));
    }
  }

  private boolean returnByEretu(Function<ComparedWorkload, Optional<ComparedWorkload.Part>> side) {
    return comparison.compared().stream()
        .flatMap(it -> side.apply(it).stream())
        .anyMatch(it -> it.counts().count(Outcome.ERETU) > 0);
  }

  private void workloads() {
    if (!comparison.unjudged().isEmpty()) {
      sentences.add(
          "With exits on one side only, and not compared: %s; --workload NAME counts all traces under one name."
              .formatted(some(comparison.unjudged())));
    }
    for (ComparedWorkload row : comparison.compared()) {
      if (row.isKnown()) {
        missing(row.name(), base, row.base());
        missing(row.name(), other, row.other());
      }
    }
  }

  private static String some(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : "%s and %s more"
            .formatted(
                String.join(", ", names.subList(0, MOST_NAMES)), number(names.size() - MOST_NAMES));
  }

  private void missing(String workload, RecordedSide of, Optional<ComparedWorkload.Part> part) {
    long having = part.orElseThrow().runs().stream().filter(it -> it.tally().exits() > 0).count();
    int runs = of.side().runs().size();
    if (having < runs) {
      sentences.add(
          "%s has exits in %d of %d runs of %s; record it in every run."
              .formatted(workload, having, runs, of.name()));
    }
  }

  private void machines() {
    SortedSet<String> ofBase = base.releases();
    SortedSet<String> ofOther = other.releases();
    if (!ofBase.isEmpty() && !ofOther.isEmpty() && !ofBase.equals(ofOther)) {
      sentences.add(
          "Base was recorded on Linux %s and other on Linux %s, and frames are as their kernel left them; record both on one kernel."
              .formatted(String.join(", ", ofBase), String.join(", ", ofOther)));
    }
    machine(MachineSign.FRED, "with FRED", "start both with the same fred= on the kernel's line");
    machine(MachineSign.LA57, "with 5-level paging", "start both with no5lvl or without");
    machine(MachineSign.XEN_PV, "in a Xen PV guest", "record both in one");
  }

  private void machine(MachineSign sign, String how, String remedy) {
    if (base.shows(sign) != other.shows(sign)) {
      sentences.add(
          "Only %s was recorded %s; %s."
              .formatted((base.shows(sign) ? base : other).name(), how, remedy));
    }
  }

  private void events() {
    Map<String, Long> ofBase = base.events();
    Map<String, Long> ofOther = other.events();
    if (!ofBase.containsKey("") && !ofOther.containsKey("")) {
      onlyOn(base, ofBase, ofOther);
      onlyOn(other, ofOther, ofBase);
    }
    if (areRecordedAlike()) {
      alone(base, other);
      alone(other, base);
    }
  }

  private void onlyOn(RecordedSide side, Map<String, Long> has, Map<String, Long> opposite) {
    long all = has.values().stream().mapToLong(it -> it).sum();
    String only =
        new TreeSet<>(has.keySet())
            .stream()
                .filter(it -> !opposite.containsKey(it) && has.get(it) > RARE * all)
                .filter(it -> areRecordedAlike() || OF_EVERY_WAY.contains(it))
                .collect(Collectors.joining(", "));
    if (!only.isEmpty()) {
      sentences.add(
          "Only %s has exits of %s; record both with the same events, as sysret-replay record does."
              .formatted(side.name(), only));
    }
  }

  private void alone(RecordedSide side, RecordedSide opposite) {
    if (side.hasOtherEvents() && opposite.counts().ignored() == 0) {
      sentences.add(
          "Only %s has events beside exits, such as sys_enter, which say what happened between; record both with the same events, as sysret-replay record does."
              .formatted(side.name()));
    }
  }

  private void lost() {
    only(Counts::lost)
        .ifPresent(
            it ->
                sentences.add(
                    "Only %s lost %s, so that its %s; %s."
                        .formatted(
                            it.name(),
                            LostText.what(it.counts()),
                            LostText.effect("counts are too low", it.counts()),
                            LostText.remedy(it.counts()))));
  }

  /** Exits that are missing on one side may be there on the other. */
  private void rejected() {
    only(Counts::rejected)
        .ifPresent(
            it ->
                sentences.add(
                    "Only %s has rejects, %s of %s records, so that exits may be missing in it; do what is told of them."
                        .formatted(
                            it.name(),
                            number(it.counts().rejected()),
                            number(it.counts().seen()))));
  }

  /** The side that alone has any. */
  private Optional<RecordedSide> only(ToLongFunction<Counts> number) {
    boolean ofBase = number.applyAsLong(base.counts()) > 0;
    boolean ofOther = number.applyAsLong(other.counts()) > 0;
    return ofBase == ofOther ? Optional.empty() : Optional.of(ofBase ? base : other);
  }

  private void sampled() {
    boolean sampled = base.side().isSampled();
    if (sampled != other.side().isSampled()) {
      sentences.add(
          "Only %s is sampled: interrupts may be missing in it, and %s; record both whole, or both with the same --every."
              .formatted((sampled ? base : other).name(), SampledText.NOT_SEEN));
    }
  }

  private void counted() {
    boolean counted = base.counts().isCounted();
    if (counted != other.counts().isCounted()) {
      sentences.add(
          "Only %s was counted where it was recorded: interrupts may be missing in it, and forks' children and what came after an exit do not show; record both in one way."
              .formatted((counted ? base : other).name()));
    }
  }

  /** What one side lacks because of how it was recorded is told once, with that. */
  private boolean areRecordedAlike() {
    return base.side().isSampled() == other.side().isSampled()
        && base.counts().isCounted() == other.counts().isCounted();
  }

  private void early() {
    if (!areRecordedAlike()) {
      return;
    }
    for (RecordedSide side : List.of(base, other)) {
      Ratio early = side.early();
      Ratio opposite = (side == base ? other : base).early();
      double share = early.value().orElse(0);
      if (share > MANY && share > 2 * opposite.value().orElse(0)) {
        sentences.add(
            "%s of the exits of %s are early, and %s of the other side's: nothing tells what came after the event; record both with the syscall and signal events."
                .formatted(early.percent(), side.name(), opposite.percent()));
      }
    }
  }

  private void lengths() {
    longer(base, other);
    longer(other, base);
  }

  private void longer(RecordedSide one, RecordedSide opposite) {
    List<String> names =
        comparison.compared().stream()
            .filter(ComparedWorkload::isKnown)
            .filter(
                row ->
                    one == base
                        ? isLonger(row.base(), row.other())
                        : isLonger(row.other(), row.base()))
            .map(ComparedWorkload::name)
            .toList();
    if (!names.isEmpty()) {
      sentences.add(
          "%s is more than ten times as long as %s of %s; record both for the same time."
              .formatted(capital(one.name()), opposite.name(), some(names)));
    }
  }

  /**
   * By the time that a run takes. Where that is not known, by its exits, unless one side has a
   * sample of them.
   */
  private boolean isLonger(
      Optional<ComparedWorkload.Part> one, Optional<ComparedWorkload.Part> opposite) {
    double nanos = nanos(one);
    double ofOpposite = nanos(opposite);
    return nanos > 0 && ofOpposite > 0
        ? nanos > MUCH_LONGER * ofOpposite
        : base.side().isSampled() == other.side().isSampled()
            && exits(one) > MUCH_LONGER * exits(opposite);
  }

  private static double nanos(Optional<ComparedWorkload.Part> part) {
    return part.orElseThrow().runs().stream()
        .mapToLong(ComparedWorkload.OfRun::nanos)
        .average()
        .orElse(0);
  }

  private static double exits(Optional<ComparedWorkload.Part> part) {
    return (double) part.orElseThrow().counts().exits() / part.orElseThrow().runs().size();
  }
}
