package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.SampledWorkloads;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;

/** Two sides of one or more runs each, or two models over the same runs. */
public final class Comparison {

  /** The name of the sum of all workloads. */
  static final String ALL = "all";

  /** How often a comparison of two equal sides shows a difference by chance. */
  private static final double ERROR_RATE = 0.05;

  private final Side base;
  private final Side other;
  private final boolean whatIf;
  private final Terms terms;
  private final List<ComparedWorkload> rows;
  private final List<ComparedWorkload> compared;

  private Comparison(
      Side base, Side other, boolean whatIf, Terms terms, List<ComparedWorkload> rows) {
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

  /**
   * One side of a comparison.
   *
   * @param model as the user named it; may be {@code auto}
   * @param runs at least one, in the user's order
   */
  public record Side(String model, List<Run> runs) {

    public Side {
      runs = List.copyOf(runs);
    }

    /** The sources of all runs, separated by commas. */
    public String source() {
      return runs.stream().map(Run::source).collect(Collectors.joining(", "));
    }

    /** The models of all runs. */
    public Models models() {
      Map<String, String> byTrace = new TreeMap<>();
      Map<String, Set<KernelRelease>> named = new TreeMap<>();
      runs.forEach(it -> byTrace.putAll(it.models().byTrace()));
      runs.forEach(it -> named.putAll(it.models().named()));
      List<String> ids =
          runs.stream().flatMap(it -> it.models().ids().stream()).distinct().toList();
      return new Models(ids, byTrace, named);
    }

    /** What is known of the machines that the runs were recorded on. */
    public Machines machines() {
      Map<String, RecordedOn> all = new TreeMap<>();
      runs.forEach(it -> all.putAll(it.machines().recordedOn()));
      return new Machines(runs.get(0).machines().asked(), all);
    }

    /** What became of the records of all runs. */
    public Intake intake() {
      return runs.stream().map(Run::intake).reduce(Intake.zero(), Intake::plus);
    }

    /** How a workload was sampled in all runs; empty where it was not. */
    Optional<Sampling> sampling(ComparedWorkload.Part part) {
      // Runs of one workload each are compared whatever these are called.
      boolean oneEach = runs.stream().allMatch(it -> it.table().workloads().size() == 1);
      return sampled(it -> it.of(part.workload()))
          .or(() -> oneEach ? sampled(SampledWorkloads::ofAll) : Optional.empty());
    }

    private Optional<Sampling> sampled(Function<SampledWorkloads, Optional<Sampling>> ofRun) {
      return runs.stream()
          .flatMap(it -> ofRun.apply(it.intake().sampled()).stream())
          .reduce(Sampling::plus);
    }

    /** Whether exits of any run are a sample. */
    boolean isSampled() {
      return runs.stream().anyMatch(it -> it.intake().sampled().isAny());
    }

    /** The outcomes under the kernels that the runs were recorded on. */
    public Map<OwnKernel, OutcomeCounts> own() {
      Map<OwnKernel, OutcomeCounts> all = new TreeMap<>();
      runs.forEach(
          run -> run.own().forEach((it, counts) -> all.merge(it, counts, OutcomeCounts::plus)));
      return all;
    }
  }

  /**
   * One run of a side.
   *
   * @param source as the user named it
   * @param models the models that judged
   * @param machines what is known of the machines that it was recorded on
   * @param own the outcomes by the kernels that it was recorded on
   * @param counted the counts by event; empty if both sides are the same runs
   */
  public record Run(
      String source,
      Models models,
      Machines machines,
      Intake intake,
      Map<OwnKernel, OutcomeCounts> own,
      Optional<TallyTable> counted) {

    TallyTable table() {
      return counted.orElseGet(TallyTable::new);
    }
  }

  /** Two models over the same runs. */
  public static Comparison ofModels(
      Side base, Side other, Terms terms, Answer<TransitionTable> answer) {
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
  public static Comparison ofRuns(Side base, Side other, Terms terms) {
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

  private static void verify(Side side, Stream<Optional<ComparedWorkload.Part>> parts) {
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

  public Side base() {
    return base;
  }

  public Side other() {
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
      Side side, Function<ComparedWorkload, Optional<ComparedWorkload.Part>> which) {
    Map<String, List<ComparedWorkload.OfRun>> bySource =
        compared.stream()
            .filter(ComparedWorkload::isKnown)
            .flatMap(row -> which.apply(row).orElseThrow().runs().stream())
            .collect(Collectors.groupingBy(ComparedWorkload.OfRun::source));
    return ComparedWorkload.Part.of(
        ALL,
        side.runs().stream()
            .map(Run::source)
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
    return rows.stream().filter(row -> !row.isKnown()).map(ComparedWorkload::name).toList();
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
