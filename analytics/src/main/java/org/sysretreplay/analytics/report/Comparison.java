package org.sysretreplay.analytics.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Two runs, or two models over the same run, side by side.
 *
 * @param whatIf whether both sides are the same source, so that every frame was judged twice
 * @param rows the workloads by name, those that one side lacks included
 */
public record Comparison(Side base, Side other, boolean whatIf, Terms terms, List<Row> rows) {

  /** The name of the sum of all workloads. */
  static final String ALL = "all";

  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * What holds for both sides.
   *
   * @param allowedFall by how many percentage points the share of exits that return by SYSRET may
   *     fall; empty where there is no gate
   */
  public record Terms(Machine machine, Reading reading, Optional<BigDecimal> allowedFall) {}

  /**
   * What one side is.
   *
   * @param source as the user named it
   * @param model as the user named it, {@code auto} included
   * @param models which models that came to
   * @param machines what is known of the machines that it was recorded on
   * @param own what the kernels do that it was recorded on
   */
  public record Side(
      String source,
      String model,
      Models models,
      Machines machines,
      Intake intake,
      Map<OwnKernel, OutcomeCounts> own) {}

  /** One workload on one side. */
  public record Part(String workload, OutcomeCounts counts) {}

  /**
   * One workload on both sides, or on the one that has it.
   *
   * @param transitions how its frames changed; only where both sides are the same source
   */
  public record Row(Optional<Part> base, Optional<Part> other, Optional<Transitions> transitions) {

    private static Row of(Part base, Part other) {
      return new Row(Optional.of(base), Optional.of(other), Optional.empty());
    }

    private static Row of(String workload, Transitions transitions) {
      return new Row(
          Optional.of(new Part(workload, transitions.base())),
          Optional.of(new Part(workload, transitions.other())),
          Optional.of(transitions));
    }

    /** Whether both sides have it. */
    boolean isCompared() {
      return base.isPresent() && other.isPresent();
    }

    /** The workload's name, or both where they differ. */
    String name() {
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

  /** Two models over the same source. */
  public static Comparison ofModels(
      Side base, Side other, Terms terms, Answer<TransitionTable> answer) {
    List<Row> rows = new ArrayList<>();
    answer.table().byWorkload().forEach((name, transitions) -> rows.add(Row.of(name, transitions)));
    Comparison comparison = new Comparison(base, other, true, terms, rows);
    comparison.verify();
    return comparison;
  }

  /**
   * Two sources. Workloads are compared by their names; where each side has only one, these are
   * compared whatever they are called.
   */
  public static Comparison ofRuns(
      Side base, Side other, Terms terms, TallyTable ofBase, TallyTable ofOther) {
    List<Row> rows = pairs(ofBase, ofOther);
    Comparison comparison = new Comparison(base, other, false, terms, rows);
    comparison.verify();
    return comparison;
  }

  private static List<Row> pairs(TallyTable base, TallyTable other) {
    if (base.workloads().size() == 1 && other.workloads().size() == 1) {
      return List.of(Row.of(onlyPart(base), onlyPart(other)));
    }
    Set<String> names = new TreeSet<>(base.workloads());
    names.addAll(other.workloads());
    return names.stream()
        .map(name -> new Row(part(base, name), part(other, name), Optional.empty()))
        .toList();
  }

  private static Part onlyPart(TallyTable table) {
    return part(table, table.workloads().iterator().next()).orElseThrow();
  }

  private static Optional<Part> part(TallyTable table, String workload) {
    if (!table.workloads().contains(workload)) {
      return Optional.empty();
    }
    OutcomeCounts counts =
        OutcomeCounts.sum(
            table.tallies().entrySet().stream()
                .filter(it -> it.getKey().workload().equals(workload))
                .map(Map.Entry::getValue)
                .toList());
    return Optional.of(new Part(workload, counts));
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
    return rows.stream().allMatch(row -> row.sharePoints().value().isEmpty());
  }

  /** The sum of the workloads that both sides have. */
  Row total() {
    List<Row> compared = compared();
    if (whatIf) {
      Transitions all = new Transitions();
      compared.forEach(row -> row.transitions().ifPresent(all::plus));
      return Row.of(ALL, all);
    }
    return Row.of(
        new Part(ALL, sum(compared.stream().flatMap(row -> row.base().stream()))),
        new Part(ALL, sum(compared.stream().flatMap(row -> row.other().stream()))));
  }

  /** The workloads of which there is no difference, since they have no exits on one side. */
  public List<String> unjudged() {
    return rows.stream().filter(row -> row.sharePoints().value().isEmpty()).map(Row::name).toList();
  }

  /** The traces of both sides that no model judged, by their ids. */
  public SortedSet<String> unjudgedTraces() {
    SortedSet<String> all = new TreeSet<>();
    Stream.of(base, other).forEach(it -> all.addAll(it.models().unjudged(it.machines())));
    return all;
  }

  /** Whether there is a gate that did not see every trace, and so cannot say that all is well. */
  public boolean gateIsOpen() {
    return terms.allowedFall().isPresent() && !unjudgedTraces().isEmpty();
  }

  /** The workloads for which the gate fails, and at last their sum where it is one of several. */
  public List<Regression> regressions() {
    return terms.allowedFall().map(this::regressions).orElseGet(List::of);
  }

  private List<Regression> regressions(BigDecimal allowed) {
    List<Row> compared = compared();
    Stream<Row> all = compared.size() > 1 ? Stream.of(total()) : Stream.empty();
    return Stream.concat(compared.stream(), all)
        .filter(row -> row.sharePoints().isFallOfMoreThan(allowed))
        .map(row -> new Regression(row.name(), row.sharePoints()))
        .toList();
  }
}
