package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/**
 * The comparison as text, 80 columns wide: the answer in a sentence, what keeps the sides from
 * being comparable, all workloads, what changed in each, and what was compared.
 */
public final class ComparisonText {

  private static final String NOTHING = "";
  private static final String NO_CAUSE = "-";

  private static final String HIT_RATE = "hit rate (of checked)";
  private static final String SHARE = "SYSRET share (of all exits)";

  private static final String CHANCE = "95 % interval, noise";

  /** Explains the interval of a difference to readers. */
  public static final String CHANCE_SENTENCE =
      "Where the difference lies: Newcombe's interval, which chance alone makes, and where a side has"
          + " several runs the wider of that and Welch's t over the shares of its runs. It is noise"
          + " where it holds 0. Of a sample that was judged twice it is Bonett and Price's interval. Of a comparison of equals, one in twenty shows any difference beyond"
          + " it.";

  private final Comparison comparison;
  private final boolean explainsTerms;
  private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
  private final Set<MissReason> reasons = EnumSet.noneOf(MissReason.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private boolean withoutCause;
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
    if (compared.size() > 1) {
      overview();
    }
    oneSided();
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
    gate();
    return page.toString();
  }

  private void terms() {
    if (explainsTerms) {
      meanings();
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
      outcomes.add(outcome);
      count(table, outcome.name(), base.count(outcome), other.count(outcome));
    }
    share(table, HIT_RATE, base.hitRate(), other.hitRate());
    share(table, SHARE, base.sysretShare(), other.sysretShare());
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
      note(step.what());
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

  private void note(String name) {
    Stream.of(Cause.values()).filter(it -> it.name().equals(name)).forEach(causes::add);
    Stream.of(MissReason.values()).filter(it -> it.name().equals(name)).forEach(reasons::add);
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
      change.cause().ifPresentOrElse(causes::add, () -> withoutCause = true);
      table.row(
          List.of(
              change.base().name(),
              change.other().name(),
              change.cause().map(Cause::name).orElse(NO_CAUSE),
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

  private void meanings() {
    page.line("What the numbers mean");
    meaning(
        HIT_RATE,
        OutcomeColumns.HIT_RATE_SENTENCE
            + " Models check different exits, so that a hit rate alone can mislead.");
    meaning(
        SHARE, OutcomeColumns.SHARE_SENTENCE + " This is the share that --fail-below looks at.");
    if (comparison.whatIf()) {
      meaning(
          "new hits, lost hits",
          "Exits that return by SYSRET in other only, and in base only, counted exit by exit.");
    }
    if (comparison.isChanceTold()) {
      meaning(CHANCE, CHANCE_SENTENCE);
    }
    outcomes.forEach(it -> meaning(it.name(), capital(it.sentence()) + "."));
    reasons.forEach(it -> meaning(it.name(), capital(it.sentence()) + ". " + it.advice()));
    causes.forEach(
        it -> meaning(it.name(), capital(it.sentence()) + ". Given where " + it.rule() + "."));
    if (withoutCause) {
      meaning(NO_CAUSE, "Nothing is wrong with the registers: the way back alone decides.");
    }
    page.space();
  }

  private void meaning(String name, String sentences) {
    page.line("  " + name).indented(4, sentences);
  }

  private void oneSided() {
    List<ComparedWorkload> rows =
        comparison.rows().stream().filter(it -> !it.isCompared()).toList();
    if (rows.isEmpty()) {
      return;
    }
    page.line("On one side only, and not compared").space();
    TextTable table =
        new TextTable(Page.WIDTH)
            .left("workload")
            .left("side")
            .right("exits")
            .right("checked")
            .right("hit rate")
            .right("SYSRET share");
    for (ComparedWorkload row : rows) {
      OutcomeCounts counts = counts(row.base().or(row::other));
      table.row(
          List.of(
              row.name(),
              row.base().isPresent() ? "base" : "other",
              number(counts.exits()),
              number(counts.checked()),
              counts.hitRate().percent(),
              counts.sysretShare().percent()));
    }
    page.table(table).space();
  }

  private void overview() {
    hitRates();
    shares();
  }

  /**
   * Writes the hit rates with the number of checked exits on each side, because the sides' models
   * may check different exits.
   */
  private void hitRates() {
    page.line(capital(HIT_RATE)).space();
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    table.right("base\nchecked").right("other\nchecked");
    table.right("base").right("other").right("points");
    comparison.compared().forEach(row -> table.row(hitRateCells(row)));
    page.table(table.footer(hitRateCells(comparison.total()))).space();
  }

  private static List<String> hitRateCells(ComparedWorkload row) {
    OutcomeCounts base = counts(row.base());
    OutcomeCounts other = counts(row.other());
    return List.of(
        row.name(),
        number(base.checked()),
        number(other.checked()),
        base.hitRate().percent(),
        other.hitRate().percent(),
        row.hitRatePoints().text());
  }

  private void shares() {
    page.line(SHARE).space();
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    if (comparison.whatIf()) {
      table.right("exits").right("base").right("other").right("points");
      if (comparison.isChanceTold()) {
        table.right("95 % interval").left("");
      } else {
        table.right("new hits").right("lost hits");
      }
    } else {
      table.right("base\nexits").right("other\nexits");
      table.right("base").right("other").right("points").right("95 % interval").left("");
    }
    comparison.compared().forEach(row -> table.row(shareCells(row)));
    page.table(table.footer(shareCells(comparison.total()))).space();
  }

  private List<String> shareCells(ComparedWorkload row) {
    OutcomeCounts base = counts(row.base());
    OutcomeCounts other = counts(row.other());
    List<String> cells = new ArrayList<>(List.of(row.name(), number(base.exits())));
    if (!comparison.whatIf()) {
      cells.add(number(other.exits()));
    }
    cells.add(base.sysretShare().percent());
    cells.add(other.sysretShare().percent());
    cells.add(row.sharePoints().text());
    if (comparison.isChanceTold()) {
      cells.addAll(
          comparison
              .chance(row)
              .map(it -> List.of(it.text(), it.isNoise() ? "noise" : NOTHING))
              .orElse(List.of(NOTHING, NOTHING)));
    }
    if (comparison.isChanceTold()) {
      return cells;
    }
    row.transitions()
        .ifPresent(
            it ->
                cells.addAll(
                    List.of(
                        number(it.count(Change::isNewHit)), number(it.count(Change::isLostHit)))));
    return cells;
  }

  private void gate() {
    comparison.gateSentence().ifPresent(page::paragraph);
  }
}
