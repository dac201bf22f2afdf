package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;

/** The result of a comparison in one sentence. */
public final class ComparisonAnswer {

  private final Comparison comparison;
  private final ComparedWorkload total;

  private ComparisonAnswer(Comparison comparison) {
    this.comparison = comparison;
    total = comparison.total();
  }

  /** The sentence: whether the SYSRET share moved, whether that is noise, and what moved most. */
  public static String of(Comparison comparison) {
    if (comparison.isEmpty()) {
      return "Nothing was compared: no workload has exits on both sides.";
    }
    if (comparison.compared().stream().allMatch(ComparedWorkload::isSame)) {
      return comparison.whatIf()
          ? "No difference: every exit leaves the kernel in the same way on both sides."
          : "No difference: both sides count the same.";
    }
    return new ComparisonAnswer(comparison).sentence();
  }

  private String sentence() {
    return "The SYSRET share of all exits%s %s%s%s."
        .formatted(
            sampled(),
            moved(total.sharePoints()),
            comparison.chance(total).map(this::chance).orElse(""),
            most().map(it -> "; " + it).orElse(""));
  }

  private String sampled() {
    boolean base = comparison.base().isSampled();
    boolean other = comparison.other().isSampled();
    if (!base && !other) {
      return "";
    }
    return base && other ? " (sampled)" : base ? " (base sampled)" : " (other sampled)";
  }

  private static String moved(Points points) {
    double value = points.value().orElseThrow();
    if (value == 0) {
      return "stays at " + points.to().percent();
    }
    return "%s from %s to %s (%s)"
        .formatted(
            value > 0 ? "rose" : "fell",
            points.from().percent(),
            points.to().percent(),
            points.inSentence());
  }

  private String chance(Chance chance) {
    return ", %s than %s (95 %% interval %s)"
        .formatted(
            chance.isNoise() ? "no more" : "more",
            comparison.hasSeveralRuns()
                ? "chance and the spread between runs explain"
                : "chance explains",
            chance.text());
  }

  /** What changed most; a sentence without a full stop. */
  private Optional<String> most() {
    return comparison.whatIf() ? mostOfModels() : mostOfRuns();
  }

  private String whose(ComparedWorkload row) {
    return comparison.compared().size() > 1 ? row.name() + " moved most: " : "";
  }

  private Optional<String> mostOfModels() {
    boolean anyHit =
        comparison.compared().stream()
            .anyMatch(row -> changes(row).stream().anyMatch(ComparisonAnswer::isOfHits));
    return comparison.compared().stream()
        .max(Comparator.comparing(row -> exits(row, anyHit)))
        .flatMap(
            row ->
                changes(row).stream()
                    .filter(it -> !anyHit || isOfHits(it))
                    .max(Comparator.comparing(Change::exits))
                    .map(it -> whose(row) + sentence(it)));
  }

  private static boolean isOfHits(Change change) {
    return change.isNewHit() || change.isLostHit();
  }

  private static long exits(ComparedWorkload row, boolean onlyHits) {
    return changes(row).stream()
        .filter(it -> !onlyHits || isOfHits(it))
        .mapToLong(Change::exits)
        .sum();
  }

  private static List<Change> changes(ComparedWorkload row) {
    return row.transitions().map(Transitions::all).orElse(List.of()).stream()
        .filter(it -> it.base() != it.other())
        .toList();
  }

  private static String sentence(Change change) {
    return "%s %s%s %s from %s to %s"
        .formatted(
            number(change.exits()),
            change.exits() == 1 ? "exit" : "exits",
            change.cause().map(Cause::name).map(it -> " of cause " + it).orElse(" without a cause"),
            change.exits() == 1 ? "goes" : "go",
            change.base(),
            change.other());
  }

  private Optional<String> mostOfRuns() {
    return comparison.compared().stream()
        .filter(ComparedWorkload::isKnown)
        .max(Comparator.comparing(row -> Math.abs(row.sharePoints().value().orElseThrow())))
        .flatMap(
            row ->
                ShareSteps.byCause(row).steps().stream()
                    .findFirst()
                    .map(it -> whose(row) + sentence(it)));
  }

  private static String sentence(ShareSteps.Step step) {
    boolean isCause = Stream.of(Cause.values()).anyMatch(it -> it.name().equals(step.what()));
    return "%s went from %s to %s of exits"
        .formatted(
            isCause ? "misses caused by " + step.what() : step.what(),
            step.base().percent(),
            step.other().percent());
  }
}
