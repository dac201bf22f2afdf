package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/** Two sides of one or more runs each, or two models over the same runs. */
public final class Comparison {

  /** The name of the sum of all workloads. */
  static final String ALL = "all";

  /** How often a comparison of two equal sides shows a difference by chance. */
  private static final double ERROR_RATE = 0.05;

  private final ComparisonSide base;
  private final ComparisonSide other;
  private final boolean whatIf;
  private final Terms terms;
  private final List<ComparedWorkload> rows;

  /** Looked for once: every row's interval depends on how many there are. */
  private final List<ComparedWorkload> compared;

  private Comparison(
      ComparisonSide base,
      ComparisonSide other,
      boolean whatIf,
      Terms terms,
      List<ComparedWorkload> rows) {
    this.base = base;
    this.other = other;
    this.whatIf = whatIf;
    this.terms = terms;
    this.rows = List.copyOf(rows);
    compared = rows.stream().filter(ComparedWorkload::isCompared).toList();
  }

  /**
   * What holds for both sides.
   *
   * @param gate the gate to pass, if there is one
   */
  public record Terms(Machine machine, Reading reading, Optional<Gate> gate) {}

  /** Two models over the same runs. */
  public static Comparison ofModels(
      ComparisonSide base, ComparisonSide other, Terms terms, Answer<TransitionTable> answer) {
    List<ComparedWorkload> rows = new ArrayList<>();
    answer
        .table()
        .byWorkload()
        .forEach((name, transitions) -> rows.add(ComparedWorkload.of(name, transitions)));
    Comparison comparison = new Comparison(base, other, true, terms, rows);
    comparison.verify();
    return comparison;
  }

  /**
   * Two sides of runs. Workloads are compared by their names; where each run has only one, these
   * are compared whatever they are called.
   */
  public static Comparison ofRuns(ComparisonSide base, ComparisonSide other, Terms terms) {
    Comparison comparison =
        new Comparison(base, other, false, terms, ComparedWorkload.pairs(base, other));
    comparison.verify();
    return comparison;
  }

  /** Checks that every exit of each side's input was judged once. */
  private void verify() {
    verify(base, rows.stream().map(ComparedWorkload::base));
    verify(other, rows.stream().map(ComparedWorkload::other));
  }

  private static void verify(ComparisonSide side, Stream<Optional<ComparedWorkload.Part>> parts) {
    long exits = sum(parts.flatMap(Optional::stream)).exits();
    long recorded = side.intake().counts().exits();
    if (exits != recorded) {
      throw new IllegalStateException(
          "%s: %d exits were judged of %d".formatted(side.source(), exits, recorded));
    }
  }

  private static OutcomeCounts sum(Stream<ComparedWorkload.Part> parts) {
    return parts.map(ComparedWorkload.Part::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
  }

  public ComparisonSide base() {
    return base;
  }

  public ComparisonSide other() {
    return other;
  }

  /** Whether both sides are the same runs, so that every frame was judged twice. */
  public boolean whatIf() {
    return whatIf;
  }

  public Terms terms() {
    return terms;
  }

  /** The workloads by name, including those that only one side has. */
  public List<ComparedWorkload> rows() {
    return rows;
  }

  /** The workloads that both sides have. */
  List<ComparedWorkload> compared() {
    return compared;
  }

  /** Whether no workload has exits on both sides. */
  public boolean isEmpty() {
    return rows.stream().noneMatch(ComparedWorkload::isKnown);
  }

  /** The sum of all workloads that have exits on both sides. */
  ComparedWorkload total() {
    if (whatIf) {
      Transitions all = new Transitions();
      compared.forEach(row -> row.transitions().ifPresent(all::plus));
      return ComparedWorkload.of(ALL, all);
    }
    return ComparedWorkload.of(
        total(base, ComparedWorkload::base), total(other, ComparedWorkload::other));
  }

  /** The sum of a side, run by run, so that the spread between runs is kept. */
  private ComparedWorkload.Part total(
      ComparisonSide side, Function<ComparedWorkload, Optional<ComparedWorkload.Part>> which) {
    Map<String, List<ComparedWorkload.OfRun>> bySource =
        compared.stream()
            .filter(ComparedWorkload::isKnown)
            .flatMap(row -> which.apply(row).orElseThrow().runs().stream())
            .collect(Collectors.groupingBy(ComparedWorkload.OfRun::source));
    return ComparedWorkload.Part.of(
        ALL,
        side.runs().stream()
            .map(ComparisonRun::source)
            .map(it -> sum(it, bySource.getOrDefault(it, List.of())))
            .toList());
  }

  private static ComparedWorkload.OfRun sum(String source, List<ComparedWorkload.OfRun> all) {
    return new ComparedWorkload.OfRun(
        source,
        all.stream().map(ComparedWorkload.OfRun::tally).reduce(new Tally(), Tally::plus),
        all.stream().mapToLong(ComparedWorkload.OfRun::nanos).sum());
  }

  /**
   * How far chance may move the difference of a row; empty where a side has no exits, and where
   * every exit was recorded and judged twice, so that nothing is chance. Of a comparison of equals,
   * one in twenty shows any difference beyond it.
   */
  public Optional<Chance> chance(ComparedWorkload row) {
    if (!isChanceTold() || !row.isKnown()) {
      return Optional.empty();
    }
    if (whatIf) {
      return isSampled(row)
          ? Optional.of(Chance.ofSample(row, base.source(), errorRate()))
          : Optional.empty();
    }
    return Optional.of(Chance.of(row.base().orElseThrow(), row.other().orElseThrow(), errorRate()));
  }

  /** That of each row, of which their sum is one where there are several. */
  private double errorRate() {
    return ERROR_RATE / (compared.size() > 1 ? compared.size() + 1 : 1);
  }

  /** Whether chance moves any difference: not where every exit was recorded and judged twice. */
  public boolean isChanceTold() {
    return !whatIf || base.isSampled();
  }

  /** Of the same runs, whether exits of the row are a sample. */
  private boolean isSampled(ComparedWorkload row) {
    ComparedWorkload.Part part = row.base().orElseThrow();
    return part.workload().equals(ALL) || base.sampling(part).isPresent();
  }

  /** Whether chance explains the difference of a row. */
  public boolean isNoise(ComparedWorkload row) {
    return chance(row).filter(Chance::isNoise).isPresent();
  }

  /** Whether either side has several runs. */
  public boolean hasSeveralRuns() {
    return Stream.of(base, other).anyMatch(it -> it.runs().size() > 1);
  }

  /** The same comparison with another gate. */
  public Comparison with(Gate gate) {
    return new Comparison(
        base, other, whatIf, new Terms(terms.machine(), terms.reading(), Optional.of(gate)), rows);
  }

  /** The workloads that have exits on one side only, so that they have no difference. */
  public List<String> unjudged() {
    return rows.stream().filter(ComparedWorkload::isOfOneSide).map(ComparedWorkload::name).toList();
  }

  /** The traces of both sides that no model judged, by their ids. */
  public SortedSet<String> unjudgedTraces() {
    SortedSet<String> all = new TreeSet<>();
    Stream.of(base, other)
        .flatMap(it -> it.runs().stream())
        .forEach(it -> all.addAll(it.models().unjudged(it.machines())));
    return all;
  }

  /** What its gate says, if there is one. */
  public Optional<Gate.Result> gate() {
    return terms.gate().map(it -> it.judge(this));
  }
}
