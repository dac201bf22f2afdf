package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

/**
 * The comparison as text, 80 columns wide: the answer in a sentence, what keeps the sides from
 * being comparable, all workloads, what changed in each, and what was compared.
 */
public final class ComparisonText {

  private static final String NOTHING = "";

  private final Comparison comparison;
  private final boolean explainsTerms;
  private final ComparisonTerms terms = new ComparisonTerms();
  private final ComparedSides sides;
  private final Page page = new Page();

  private ComparisonText(Comparison comparison, boolean explainsTerms) {
    this.comparison = comparison;
    this.explainsTerms = explainsTerms;
    sides = new ComparedSides(comparison);
  }

  /**
   * The comparison as one text.
   *
   * @param explainsTerms whether it explains its terms
   */
  public static String render(Comparison comparison, boolean explainsTerms) {
    return new ComparisonText(comparison, explainsTerms).render();
  }

  private String render() {
    page.paragraph(ComparisonAnswer.of(comparison));
    Comparability.of(comparison).forEach(it -> page.indented(2, it));
    page.space();
    List<ComparedWorkload> compared = comparison.compared();
    ComparisonOverview.write(comparison, page);
    List<ComparedWorkload> moved =
        compared.size() > 1 ? compared.stream().filter(it -> !it.isSame()).toList() : compared;
    moved.forEach(this::section);
    if (moved.size() < compared.size()) {
      page.indented(
              1,
              "Nothing moved in "
                  + compared.stream()
                      .filter(ComparedWorkload::isSame)
                      .map(ComparedWorkload::name)
                      .collect(Collectors.joining(", "))
                  + ".")
          .space();
    }
    if (!compared.isEmpty()) {
      terms();
    }
    sides.write(page);
    comparison.gate().map(Gate.Result::sentence).ifPresent(page::paragraph);
    return page.toString();
  }

  private void terms() {
    if (explainsTerms) {
      terms.write(comparison, page);
    } else {
      page.paragraph(Legend.WHERE).space();
    }
  }

  private void section(ComparedWorkload row) {
    OutcomeCounts base = counts(row.base());
    OutcomeCounts other = counts(row.other());
    TextTable table = new TextTable(Page.WIDTH).wide(row.name()).right("base").right("other");
    table.right("points");
    count(table, "exits", base.exits(), other.exits());
    count(table, "checked", base.checked(), other.checked());
    for (Outcome outcome : OutcomeColumns.shown(base.plus(other))) {
      terms.note(outcome);
      count(table, outcome.name(), base.count(outcome), other.count(outcome));
    }
    share(table, ComparisonTerms.HIT_RATE, base.hitRate(), other.hitRate());
    share(table, ComparisonTerms.SHARE, base.sysretShare(), other.sysretShare());
    page.table(table);
    comparison.chance(row).ifPresent(this::chance);
    sides.writeOwnKernels(row, page);
    page.space();
    row.transitions().ifPresentOrElse(this::changes, () -> moved(row));
  }

  private void chance(Chance chance) {
    page.indented(
        2,
        "95 %% interval of the points of the share: %s, %s"
            .formatted(chance.text(), chance.isNoise() ? "noise" : "more than noise"));
    runs("base", chance.base());
    runs("other", chance.other());
  }

  private void runs(String side, Chance.OfSide of) {
    if (of.runs().size() > 1) {
      page.indented(
          2,
          "%s: %d runs, shares %s, spread %s points"
              .formatted(
                  side,
                  of.runs().size(),
                  of.runs().stream()
                      .map(it -> it.share().percent())
                      .collect(Collectors.joining(", ")),
                  of.spread().text().replace("+", "")));
    }
  }

  /** Writes what makes the difference between two sides of runs: steps that add up to it. */
  private void moved(ComparedWorkload row) {
    if (!row.isKnown()) {
      return;
    }
    steps("first failing check", ShareSteps.byReason(row).orElseThrow());
    steps("cause", ShareSteps.byCause(row));
  }

  private void steps(String what, ShareSteps moved) {
    if (moved.steps().isEmpty()) {
      return;
    }
    TextTable table = new TextTable(Page.WIDTH).left(what);
    table.right("base").right("of exits").right("other").right("of exits").right("effect");
    for (ShareSteps.Step step : moved.steps()) {
      terms.note(step.what());
      table.row(
          List.of(
              step.what(),
              number(step.base().hits()),
              step.base().percent(),
              number(step.other().hits()),
              step.other().percent(),
              step.effect().text()));
    }
    page.table(table).space();
  }

  private static OutcomeCounts counts(Optional<ComparedWorkload.Part> part) {
    return part.orElseThrow().counts();
  }

  private static void count(TextTable table, String name, long base, long other) {
    table.row(List.of(name, number(base), number(other), NOTHING));
  }

  private static void share(TextTable table, String name, Ratio base, Ratio other) {
    String points = new Points(base, other).text();
    table.row(List.of(name, base.percent(), other.percent(), points));
  }

  private void changes(Transitions transitions) {
    List<Change> changes =
        transitions.all().stream()
            .filter(it -> it.base() != it.other())
            .sorted(
                Comparator.comparing((Change it) -> !it.isNewHit())
                    .thenComparing(it -> !it.isLostHit())
                    .thenComparing(it -> -it.exits()))
            .toList();
    if (changes.isEmpty()) {
      page.line(" Every exit leaves the kernel in the same way on both sides.").space();
      return;
    }
    TextTable table = new TextTable(Page.WIDTH).left("in base").left("in other").left("cause");
    table.right("exits").left(NOTHING);
    for (Change change : changes) {
      terms.note(change.cause());
      table.row(
          List.of(
              change.base().name(),
              change.other().name(),
              change.cause().map(Cause::name).orElse(ComparisonTerms.NO_CAUSE),
              number(change.exits()),
              kind(change)));
    }
    page.table(table).space();
  }

  private static String kind(Change change) {
    if (change.isNewHit()) {
      return "new hits";
    }
    return change.isLostHit() ? "lost hits" : NOTHING;
  }
}
