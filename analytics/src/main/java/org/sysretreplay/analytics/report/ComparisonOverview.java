package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Transitions.Change;

/** The tables of a comparison that have a line for each workload. */
final class ComparisonOverview {

  private static final String NOTHING = "";

  private final Comparison comparison;
  private final Page page;

  private ComparisonOverview(Comparison comparison, Page page) {
    this.comparison = comparison;
    this.page = page;
  }

  /** Writes the workloads of both sides, if there are several, and those of one side only. */
  static void write(Comparison comparison, Page page) {
    ComparisonOverview tables = new ComparisonOverview(comparison, page);
    if (comparison.compared().size() > 1) {
      tables.hitRates();
      tables.shares();
    }
    tables.oneSided();
  }

  /**
   * Writes the hit rates with the number of checked exits on each side, because the sides' models
   * may check different exits.
   */
  private void hitRates() {
    page.line(capital(ComparisonTerms.HIT_RATE)).space();
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    table.right("base\nchecked").right("other\nchecked");
    table.right("base").right("other").right("points");
    comparison.compared().forEach(row -> table.row(hitRateCells(row)));
    page.table(table.footer(hitRateCells(comparison.total()))).space();
  }

  private static List<String> hitRateCells(ComparedWorkload row) {
    OutcomeCounts base = row.base().orElseThrow().counts();
    OutcomeCounts other = row.other().orElseThrow().counts();
    return List.of(
        row.name(),
        number(base.checked()),
        number(other.checked()),
        base.hitRate().percent(),
        other.hitRate().percent(),
        row.hitRatePoints().text());
  }

  private void shares() {
    page.line(ComparisonTerms.SHARE).space();
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    if (comparison.whatIf()) {
      table.right("exits").right("base").right("other").right("points");
      if (comparison.isChanceTold()) {
        table.right("95 % interval").left(NOTHING);
      } else {
        table.right("new hits").right("lost hits");
      }
    } else {
      table.right("base\nexits").right("other\nexits");
      table.right("base").right("other").right("points").right("95 % interval").left(NOTHING);
    }
    comparison.compared().forEach(row -> table.row(shareCells(row)));
    page.table(table.footer(shareCells(comparison.total()))).space();
  }

  private List<String> shareCells(ComparedWorkload row) {
    OutcomeCounts base = row.base().orElseThrow().counts();
    OutcomeCounts other = row.other().orElseThrow().counts();
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
    } else {
      row.transitions()
          .ifPresent(
              it ->
                  cells.addAll(
                      List.of(
                          number(it.count(Change::isNewHit)),
                          number(it.count(Change::isLostHit)))));
    }
    return cells;
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
      OutcomeCounts counts = row.base().or(row::other).orElseThrow().counts();
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
}
