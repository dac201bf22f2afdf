package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.Transitions;

/**
 * One workload on both sides, or on the only side that has it.
 *
 * @param transitions how its frames changed; present only if both sides are the same runs
 */
public record ComparedWorkload(
    Optional<Part> base, Optional<Part> other, Optional<Transitions> transitions) {

  static ComparedWorkload of(Part base, Part other) {
    return new ComparedWorkload(Optional.of(base), Optional.of(other), Optional.empty());
  }

  static ComparedWorkload of(String workload, Transitions transitions) {
    return new ComparedWorkload(
        Optional.of(new Part(workload, transitions.base(), List.of())),
        Optional.of(new Part(workload, transitions.other(), List.of())),
        Optional.of(transitions));
  }

  /** Whether both sides have exits of it, so that the difference of their shares is known. */
  public boolean isKnown() {
    return sharePoints().value().isPresent();
  }

  /**
   * Whether both sides have the same counts; if they are the same runs, whether no exit changed.
   */
  public boolean isSame() {
    return transitions
        .map(it -> it.count(change -> change.base() != change.other()) == 0)
        .orElseGet(() -> base.map(Part::tally).equals(other.map(Part::tally)) && base.isPresent());
  }

  /** Whether both sides have the workload. */
  boolean isCompared() {
    return base.isPresent() && other.isPresent();
  }

  /** Whether one side has exits of it, and the other side has none. */
  boolean isOfOneSide() {
    return (countsOf(base).exits() == 0) != (countsOf(other).exits() == 0);
  }

  /** The workload's name, or both names if they differ. */
  public String name() {
    List<String> names =
        Stream.of(base, other).flatMap(Optional::stream).map(Part::workload).distinct().toList();
    return String.join(" -> ", names);
  }

  /** The difference of the shares of all exits that return by SYSRET. */
  Points sharePoints() {
    return points(OutcomeCounts::sysretShare);
  }

  /** The difference of the shares of the checked exits that return by SYSRET. */
  Points hitRatePoints() {
    return points(OutcomeCounts::hitRate);
  }

  private Points points(Function<OutcomeCounts, Ratio> share) {
    return new Points(share.apply(countsOf(base)), share.apply(countsOf(other)));
  }

  private static OutcomeCounts countsOf(Optional<Part> part) {
    return part.map(Part::counts).orElse(OutcomeCounts.NONE);
  }

  /**
   * One workload on one side.
   *
   * @param runs the runs that have the workload; empty if both sides are the same runs
   */
  public record Part(String workload, OutcomeCounts counts, List<OfRun> runs) {

    public Part {
      runs = List.copyOf(runs);
    }

    static Part of(String workload, List<OfRun> runs) {
      return new Part(workload, OutcomeCounts.sum(runs.stream().map(OfRun::tally).toList()), runs);
    }

    /** The sum of all runs. */
    public Tally tally() {
      return runs.stream().map(OfRun::tally).reduce(new Tally(), Tally::plus);
    }

    /** The SYSRET shares of the runs that have exits of it. */
    RunShares shares() {
      return new RunShares(runs.stream().map(OfRun::share).filter(it -> it.total() > 0).toList());
    }
  }

  /**
   * One workload in one run.
   *
   * @param source the run's source, as the user named it
   * @param nanos the length of its traces together, in nanoseconds
   */
  public record OfRun(String source, Tally tally, long nanos) {

    /** The share of exits that return by SYSRET. */
    public Ratio share() {
      return OutcomeCounts.of(tally).sysretShare();
    }
  }

  /**
   * All workloads of two sides, paired by name. If every run has just one workload, these are one
   * pair, whatever they are called.
   */
  static List<ComparedWorkload> pairs(ComparisonSide base, ComparisonSide other) {
    boolean oneEach =
        Stream.of(base, other)
            .flatMap(it -> it.runs().stream())
            .allMatch(it -> it.table().workloads().size() == 1);
    if (oneEach) {
      return List.of(of(onlyPart(base), onlyPart(other)));
    }
    Set<String> names = new TreeSet<>();
    Stream.of(base, other)
        .flatMap(it -> it.runs().stream())
        .forEach(it -> names.addAll(it.table().workloads()));
    return names.stream()
        .map(name -> new ComparedWorkload(part(base, name), part(other, name), Optional.empty()))
        .toList();
  }

  private static Part onlyPart(ComparisonSide side) {
    List<String> names =
        side.runs().stream().flatMap(it -> it.table().workloads().stream()).toList();
    List<OfRun> runs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      runs.add(ofRun(side.runs().get(i), names.get(i)));
    }
    return Part.of(String.join(", ", new TreeSet<>(names)), runs);
  }

  private static Optional<Part> part(ComparisonSide side, String workload) {
    List<OfRun> runs =
        side.runs().stream()
            .filter(it -> it.table().workloads().contains(workload))
            .map(it -> ofRun(it, workload))
            .toList();
    return runs.isEmpty() ? Optional.empty() : Optional.of(Part.of(workload, runs));
  }

  private static OfRun ofRun(ComparisonRun run, String workload) {
    Tally tally = new Tally();
    run.table()
        .tallies()
        .forEach(
            (group, counted) -> {
              if (group.workload().equals(workload)) {
                tally.plus(counted);
              }
            });
    return new OfRun(run.source(), tally, run.table().nanos(workload));
  }
}
