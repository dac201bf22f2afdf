package org.sysretreplay.analytics.report;

import java.math.BigDecimal;
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
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.Ratio;
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

/**
 * Two sides of one or more runs each, or two models over the same runs.
 *
 * @param whatIf whether both sides are the same runs, so that every frame was judged twice
 * @param rows the workloads by name, including those that only one side has
 */
public record Comparison(
    Side base, Side other, boolean whatIf, Terms terms, List<ComparedWorkload> rows) {

  /** The name of the sum of all workloads. */
  static final String ALL = "all";

  /** How often a comparison of two equal sides shows a difference by chance. */
  private static final double ERROR_RATE = 0.05;

  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * What holds for both sides.
   *
   * @param gate the gate to pass, if there is one
   */
  public record Terms(Machine machine, Reading reading, Optional<Gate> gate) {}

  /**
   * The condition that a comparison has to meet.
   *
   * @param allowedFall how far the SYSRET share may fall, in percentage points
   * @param onlyBeyondNoise whether a larger fall passes as well if chance explains it
   */
  public record Gate(BigDecimal allowedFall, boolean onlyBeyondNoise) {}

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
      SampledWorkloads sampled = intake().sampled();
      // Runs of one workload each are compared whatever these are called.
      boolean oneEach = runs.stream().allMatch(it -> it.table().workloads().size() == 1);
      return sampled.of(part.workload()).or(() -> oneEach ? sampled.ofAll() : Optional.empty());
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

  /** A workload, or the sum of all, whose SYSRET share fell too far. */
  public record Regression(String workload, Points share) {

    /** What fell, and from where to where; a sentence without a full stop. */
    public String sentence() {
      return "%s: the share of exits that return by SYSRET fell from %s to %s, %s points"
          .formatted(workload, text(share.from()), text(share.to()), share.text());
    }

    private static String text(Ratio share) {
      return "%s (%s of %s)"
          .formatted(
              share.percent(), TextTable.number(share.hits()), TextTable.number(share.total()));
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

  /** The workloads that both sides have. */
  List<ComparedWorkload> compared() {
    return rows.stream().filter(ComparedWorkload::isCompared).toList();
  }

  /** Whether no workload has exits on both sides. */
  public boolean isEmpty() {
    return rows.stream().noneMatch(ComparedWorkload::isKnown);
  }

  /** The sum of all workloads that have exits on both sides. */
  ComparedWorkload total() {
    List<ComparedWorkload> compared = compared();
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
        compared().stream()
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
    int compared = compared().size();
    double errorRate = ERROR_RATE / (compared > 1 ? compared + 1 : 1);
    if (whatIf) {
      return isSampled(row)
          ? Optional.of(Chance.ofSample(row, base.source(), errorRate))
          : Optional.empty();
    }
    return Optional.of(Chance.of(row.base().orElseThrow(), row.other().orElseThrow(), errorRate));
  }

  /** Whether chance moves any difference: not where every exit was recorded and judged twice. */
  public boolean isChanceTold() {
    return !whatIf || base.isSampled();
  }

  /** Of the same runs, whether exits of the row are a sample. */
  private boolean isSampled(ComparedWorkload row) {
    String name = row.base().orElseThrow().workload();
    return name.equals(ALL) || base.intake().sampled().of(name).isPresent();
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

  /** Whether there is a gate and some traces were not judged, so that the gate cannot pass. */
  public boolean gateIsOpen() {
    return terms.gate().isPresent() && !unjudgedTraces().isEmpty();
  }

  /**
   * The workloads that fail the gate; if there are several workloads, their sum comes last if it
   * fails.
   */
  public List<Regression> regressions() {
    return terms.gate().map(this::regressions).orElseGet(List::of);
  }

  private List<Regression> regressions(Gate gate) {
    List<ComparedWorkload> compared = compared();
    Stream<ComparedWorkload> all = compared.size() > 1 ? Stream.of(total()) : Stream.empty();
    return Stream.concat(compared.stream(), all)
        .filter(row -> row.sharePoints().isFallOfMoreThan(gate.allowedFall()))
        .filter(row -> !gate.onlyBeyondNoise() || !isNoise(row))
        .map(row -> new Regression(row.name(), row.sharePoints()))
        .toList();
  }

  /** The result of the gate as a sentence; empty if there is no gate. */
  public Optional<String> gateSentence() {
    return terms
        .gate()
        .map(
            gate ->
                "Gate --fail-below %s%s: %s."
                    .formatted(
                        gate.allowedFall().toPlainString(),
                        gate.onlyBeyondNoise() ? " --only-beyond-noise" : "",
                        gateResult()));
  }

  private String gateResult() {
    List<Regression> fell = regressions();
    if (!fell.isEmpty()) {
      return "failed for "
          + fell.stream().map(Regression::workload).collect(Collectors.joining(", "));
    }
    return gateIsOpen() ? "passed by what was judged, and open for what was left out" : "passed";
  }
}
