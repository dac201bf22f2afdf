package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

/**
 * The comparison for eyes, 80 columns wide: every workload on both sides, what the numbers mean,
 * all workloads together, and what was compared. What matters most stands last, where a terminal
 * shows it.
 */
public final class ComparisonText {

  private static final String NOTHING = "";
  private static final String NO_CAUSE = "-";

  private static final String HIT_RATE = "hit rate (of checked)";
  private static final String SHARE = "SYSRET share (of all exits)";

  private final Comparison comparison;
  private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private boolean withoutCause;
  private final ComparedSides sides;
  private final Page page = new Page();

  private ComparisonText(Comparison comparison) {
    this.comparison = comparison;
    sides = new ComparedSides(comparison);
  }

  /** The comparison as one text. */
  public static String render(Comparison comparison) {
    return new ComparisonText(comparison).render();
  }

  private String render() {
    comparison.compared().forEach(this::section);
    if (!comparison.compared().isEmpty()) {
      meanings();
    }
    oneSided();
    if (comparison.compared().size() > 1) {
      overview();
    }
    sides.write(page);
    gate();
    return page.toString();
  }

  private void section(Comparison.Row row) {
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
    sides.writeOwnKernels(row, page);
    page.space();
    row.transitions().ifPresent(this::changes);
  }

  private static OutcomeCounts counts(Optional<Comparison.Part> part) {
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
    outcomes.forEach(it -> meaning(it.name(), capital(it.sentence()) + "."));
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
    List<Comparison.Row> rows = comparison.rows().stream().filter(it -> !it.isCompared()).toList();
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
    for (Comparison.Row row : rows) {
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

  /** The models of two sides check different exits, so that each side has its total. */
  private void hitRates() {
    page.line(capital(HIT_RATE)).space();
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    table.right("base\nchecked").right("other\nchecked");
    table.right("base").right("other").right("points");
    comparison.compared().forEach(row -> table.row(hitRateCells(row)));
    page.table(table.footer(hitRateCells(comparison.total()))).space();
  }

  private static List<String> hitRateCells(Comparison.Row row) {
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
      table.right("new hits").right("lost hits");
    } else {
      table.right("base\nexits").right("other\nexits");
      table.right("base").right("other").right("points");
    }
    comparison.compared().forEach(row -> table.row(shareCells(row)));
    page.table(table.footer(shareCells(comparison.total()))).space();
  }

  private List<String> shareCells(Comparison.Row row) {
    OutcomeCounts base = counts(row.base());
    OutcomeCounts other = counts(row.other());
    List<String> cells = new ArrayList<>(List.of(row.name(), number(base.exits())));
    if (!comparison.whatIf()) {
      cells.add(number(other.exits()));
    }
    cells.add(base.sysretShare().percent());
    cells.add(other.sysretShare().percent());
    cells.add(row.sharePoints().text());
    row.transitions()
        .ifPresent(
            it ->
                cells.addAll(
                    List.of(
                        number(it.count(Change::isNewHit)), number(it.count(Change::isLostHit)))));
    return cells;
  }

  private String passed() {
    return comparison.gateIsOpen()
        ? "passed by what was judged, and open for what was left out"
        : "passed";
  }

  private void gate() {
    comparison
        .terms()
        .gate()
        .ifPresent(
            gate -> {
              List<String> fell =
                  comparison.regressions().stream().map(Comparison.Regression::workload).toList();
              page.paragraph(
                  "Gate --fail-below %s: %s."
                      .formatted(
                          gate.allowedFall().toPlainString(),
                          fell.isEmpty() ? passed() : "failed for " + String.join(", ", fell)));
            });
  }
}
