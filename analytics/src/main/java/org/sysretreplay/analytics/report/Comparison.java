package org.sysretreplay.analytics.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Two sides, each of one run or more, or two models over the same runs.
 *
 * @param whatIf whether both sides are the same runs, so that every frame was judged twice
 * @param rows the workloads by name, those that one side lacks included
 */
public record Comparison(Side base, Side other, boolean whatIf, Terms terms, List<Row> rows) {

  /** The name of the sum of all workloads. */
  static final String ALL = "all";

  /** How often a comparison of equals shows a difference. */
  private static final double ERROR_RATE = 0.05;

  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * What holds for both sides.
   *
   * @param gate empty where there is none
   */
  public record Terms(Machine machine, Reading reading, Optional<Gate> gate) {}

  /**
   * What a comparison has to pass.
   *
   * @param allowedFall by how many percentage points the share of exits that return by SYSRET may
   *     fall
   * @param onlyBeyondNoise whether a fall may be larger where chance explains it
   */
  public record Gate(BigDecimal allowedFall, boolean onlyBeyondNoise) {}

  /**
   * What one side is.
   *
   * @param model as the user named it, {@code auto} included
   * @param runs at least one, in the order in which they were named
   */
  public record Side(String model, List<Run> runs) {

    public Side {
      runs = List.copyOf(runs);
    }

    /** The sources of all runs. */
    public String source() {
      return runs.stream().map(Run::source).collect(Collectors.joining(", "));
    }

    /** Which models that came to. */
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

    /** What the kernels do that the runs were recorded on. */
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
   * @param models which models judged
   * @param machines what is known of the machines that it was recorded on
   * @param own what the kernels do that it was recorded on
   * @param counted what was counted, by event; empty where both sides are the same runs
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

  /**
   * One workload on one side.
   *
   * @param runs what each run shows that has it; none where both sides are the same runs
   */
  public record Part(String workload, OutcomeCounts counts, List<OfRun> runs) {

    public Part {
      runs = List.copyOf(runs);
    }

    private static Part of(String workload, List<OfRun> runs) {
      return new Part(workload, OutcomeCounts.sum(runs.stream().map(OfRun::tally).toList()), runs);
    }

    /** All that was counted of it. */
    public Tally tally() {
      return runs.stream().map(OfRun::tally).reduce(new Tally(), Tally::plus);
    }

    /** The shares of the runs that have exits of it. */
    private RunShares shares() {
      return new RunShares(runs.stream().map(OfRun::share).filter(it -> it.total() > 0).toList());
    }
  }

  /**
   * One workload in one run.
   *
   * @param source of the run
   * @param nanos how long its traces are together
   */
  public record OfRun(String source, Tally tally, long nanos) {

    /** The share of exits that return by SYSRET. */
    public Ratio share() {
      return OutcomeCounts.of(tally).sysretShare();
    }
  }

  /**
   * How far chance and the spread between runs may move a difference of shares.
   *
   * @param points where the difference lies, in percentage points
   */
  public record Chance(Interval points, OfSide base, OfSide other) {

    /**
     * What the runs of a side say together.
     *
     * @param share where the share lies, from 0 to 1
     * @param spread how far the highest run lies above the lowest
     * @param runs each run that has exits
     */
    public record OfSide(Interval share, Points spread, List<OfRun> runs) {}

    private static Chance of(Part base, Part other, double errorRate) {
      Interval shares = base.shares().difference(other.shares(), errorRate);
      return new Chance(
          new Interval(100 * shares.low(), 100 * shares.high()),
          ofSide(base, errorRate),
          ofSide(other, errorRate));
    }

    private static OfSide ofSide(Part part, double errorRate) {
      return new OfSide(
          part.shares().interval(errorRate),
          part.shares().spread(),
          part.runs().stream().filter(it -> it.share().total() > 0).toList());
    }

    /** The interval of the difference, as in {@code -1.20 to +0.31}. */
    public String text() {
      return String.format(Locale.ROOT, "%+.2f to %+.2f", points.low(), points.high());
    }

    /** Whether there may be no difference at all. */
    public boolean isNoise() {
      return points.holds(0);
    }
  }

  /**
   * One workload on both sides, or on the one that has it.
   *
   * @param transitions how its frames changed; only where both sides are the same runs
   */
  public record Row(Optional<Part> base, Optional<Part> other, Optional<Transitions> transitions) {

    private static Row of(Part base, Part other) {
      return new Row(Optional.of(base), Optional.of(other), Optional.empty());
    }

    private static Row of(String workload, Transitions transitions) {
      return new Row(
          Optional.of(new Part(workload, transitions.base(), List.of())),
          Optional.of(new Part(workload, transitions.other(), List.of())),
          Optional.of(transitions));
    }

    /** Whether both sides have exits of it. */
    public boolean isKnown() {
      return sharePoints().value().isPresent();
    }

    /** Whether both sides count the same, or, of the same runs, whether no exit changed. */
    public boolean isSame() {
      return transitions
          .map(it -> it.count(change -> change.base() != change.other()) == 0)
          .orElseGet(
              () -> base.map(Part::tally).equals(other.map(Part::tally)) && base.isPresent());
    }

    /** Whether both sides have it. */
    boolean isCompared() {
      return base.isPresent() && other.isPresent();
    }

    /** The workload's name, or both where they differ. */
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
  }

  /** A workload, or all of them, whose share of exits that return by SYSRET fell too far. */
  public record Regression(String workload, Points share) {

    /** What fell, from where to where, as a sentence without an end. */
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
    List<Row> rows = new ArrayList<>();
    answer.table().byWorkload().forEach((name, transitions) -> rows.add(Row.of(name, transitions)));
    Comparison comparison = new Comparison(base, other, true, terms, rows);
    comparison.verify();
    return comparison;
  }

  /**
   * Two sides of runs. Workloads are compared by their names; where each run has only one, these
   * are compared whatever they are called.
   */
  public static Comparison ofRuns(Side base, Side other, Terms terms) {
    Comparison comparison = new Comparison(base, other, false, terms, pairs(base, other));
    comparison.verify();
    return comparison;
  }

  private static List<Row> pairs(Side base, Side other) {
    boolean oneEach =
        Stream.of(base, other)
            .flatMap(it -> it.runs().stream())
            .allMatch(it -> it.table().workloads().size() == 1);
    if (oneEach) {
      return List.of(Row.of(onlyPart(base), onlyPart(other)));
    }
    Set<String> names = new TreeSet<>();
    Stream.of(base, other)
        .flatMap(it -> it.runs().stream())
        .forEach(it -> names.addAll(it.table().workloads()));
    return names.stream()
        .map(name -> new Row(part(base, name), part(other, name), Optional.empty()))
        .toList();
  }

  private static Part onlyPart(Side side) {
    List<String> names =
        side.runs().stream().flatMap(it -> it.table().workloads().stream()).toList();
    List<OfRun> runs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      runs.add(ofRun(side.runs().get(i), names.get(i)));
    }
    return Part.of(String.join(", ", new TreeSet<>(names)), runs);
  }

  private static Optional<Part> part(Side side, String workload) {
    List<OfRun> runs =
        side.runs().stream()
            .filter(it -> it.table().workloads().contains(workload))
            .map(it -> ofRun(it, workload))
            .toList();
    return runs.isEmpty() ? Optional.empty() : Optional.of(Part.of(workload, runs));
  }

  private static OfRun ofRun(Run run, String workload) {
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

  /** Every frame of each input was judged once on that side. */
  private void verify() {
    verify(base, rows.stream().map(Row::base));
    verify(other, rows.stream().map(Row::other));
  }

  private static void verify(Side side, Stream<Optional<Part>> parts) {
    long exits = sum(parts.flatMap(Optional::stream)).exits();
    long recorded = side.intake().counts().exits();
    if (exits != recorded) {
      throw new IllegalStateException(
          "%s: %d exits were judged of %d".formatted(side.source(), exits, recorded));
    }
  }

  private static OutcomeCounts sum(Stream<Part> parts) {
    return parts.map(Part::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
  }

  /** The workloads that both sides have. */
  List<Row> compared() {
    return rows.stream().filter(Row::isCompared).toList();
  }

  /** Whether no workload has exits on both sides. */
  public boolean isEmpty() {
    return rows.stream().noneMatch(Row::isKnown);
  }

  /** The sum of the workloads that both sides have exits of. */
  Row total() {
    List<Row> compared = compared();
    if (whatIf) {
      Transitions all = new Transitions();
      compared.forEach(row -> row.transitions().ifPresent(all::plus));
      return Row.of(ALL, all);
    }
    return Row.of(total(base, Row::base), total(other, Row::other));
  }

  /** Run by run, so that the spread between them shows. */
  private Part total(Side side, Function<Row, Optional<Part>> which) {
    Map<String, List<OfRun>> bySource =
        compared().stream()
            .filter(Row::isKnown)
            .flatMap(row -> which.apply(row).orElseThrow().runs().stream())
            .collect(Collectors.groupingBy(OfRun::source));
    return Part.of(
        ALL,
        side.runs().stream()
            .map(Run::source)
            .map(it -> sum(it, bySource.getOrDefault(it, List.of())))
            .toList());
  }

  private static OfRun sum(String source, List<OfRun> all) {
    return new OfRun(
        source,
        all.stream().map(OfRun::tally).reduce(new Tally(), Tally::plus),
        all.stream().mapToLong(OfRun::nanos).sum());
  }

  /**
   * How far chance may move the difference of a row; empty where every frame was judged twice, so
   * that nothing is chance, and where a side has no exits. Of a comparison of equals, one in twenty
   * shows any difference beyond it.
   */
  public Optional<Chance> chance(Row row) {
    if (whatIf || !row.isKnown()) {
      return Optional.empty();
    }
    int compared = compared().size();
    double errorRate = ERROR_RATE / (compared > 1 ? compared + 1 : 1);
    return Optional.of(Chance.of(row.base().orElseThrow(), row.other().orElseThrow(), errorRate));
  }

  /** Whether the difference of a row may be none at all. */
  public boolean isNoise(Row row) {
    return chance(row).filter(Chance::isNoise).isPresent();
  }

  /** Whether a side has several runs. */
  public boolean hasSeveralRuns() {
    return Stream.of(base, other).anyMatch(it -> it.runs().size() > 1);
  }

  /** The same under another gate. */
  public Comparison with(Gate gate) {
    return new Comparison(
        base, other, whatIf, new Terms(terms.machine(), terms.reading(), Optional.of(gate)), rows);
  }

  /** The workloads of which there is no difference, since they have no exits on one side. */
  public List<String> unjudged() {
    return rows.stream().filter(row -> !row.isKnown()).map(Row::name).toList();
  }

  /** The traces of both sides that no model judged, by their ids. */
  public SortedSet<String> unjudgedTraces() {
    SortedSet<String> all = new TreeSet<>();
    Stream.of(base, other)
        .flatMap(it -> it.runs().stream())
        .forEach(it -> all.addAll(it.models().unjudged(it.machines())));
    return all;
  }

  /** Whether there is a gate that did not see every trace, and so cannot say that all is well. */
  public boolean gateIsOpen() {
    return terms.gate().isPresent() && !unjudgedTraces().isEmpty();
  }

  /** The workloads for which the gate fails, and at last their sum where it is one of several. */
  public List<Regression> regressions() {
    return terms.gate().map(this::regressions).orElseGet(List::of);
  }

  private List<Regression> regressions(Gate gate) {
    List<Row> compared = compared();
    Stream<Row> all = compared.size() > 1 ? Stream.of(total()) : Stream.empty();
    return Stream.concat(compared.stream(), all)
        .filter(row -> row.sharePoints().isFallOfMoreThan(gate.allowedFall()))
        .filter(row -> !gate.onlyBeyondNoise() || !isNoise(row))
        .map(row -> new Regression(row.name(), row.sharePoints()))
        .toList();
  }

  /** What the gate came to; empty where there is none. */
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
