package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.report.OutcomeColumns.Own;

/**
 * The overview: a table of all workloads and their sum, with a row for each model if there are
 * several.
 */
final class OverviewText {

  /** The indent of a model below the name of its workload. */
  private static final String BELOW = "  ";

  /** The mark before the name of an odd workload. */
  private static final String ODD = "*";

  private final Report report;
  private final OwnKernels own;
  private final Screen screen;
  private final boolean severalModels;
  private final List<Line> lines;
  private final List<Line> sums;
  private final Map<String, Fleet> fleets;
  private final boolean anyIsOdd;

  /**
   * @param report the whole report, for the sums
   * @param shown the part of it whose workloads get a row
   */
  OverviewText(Report report, Report shown, OwnKernels own, Screen screen) {
    this.report = report;
    this.own = own;
    this.screen = screen;
    severalModels = report.question().modelIds().size() > 1;
    lines = lines(shown);
    sums = report.workloads().size() > 1 ? sums(shown) : List.of();
    fleets = fleets(shown == report ? lines : lines(report));
    anyIsOdd = lines.stream().anyMatch(this::isOdd);
  }

  /** The fleet of all workloads under each model, including those that are not shown. */
  private Map<String, Fleet> fleets(List<Line> all) {
    Map<String, Fleet> byModel = new HashMap<>();
    for (String model : report.question().modelIds()) {
      byModel.put(
          model,
          Fleet.of(
              all.stream()
                  .filter(it -> it.byModel.containsKey(model))
                  .map(it -> share(it.byModel.get(model)))
                  .toList()));
    }
    return byModel;
  }

  private static Ratio share(Tally tally) {
    return OutcomeCounts.of(tally).sysretShare();
  }

  /** Writes the table, unless it would have only one row. */
  void write(Page page) {
    if (report.workloads().size() > 1 || severalModels) {
      page.table(table()).space();
    }
    if (anyIsOdd) {
      page.paragraph(ODD + " " + Fleet.RULE).space();
    }
  }

  private boolean isOdd(Line line) {
    return report.question().modelIds().stream().anyMatch(it -> isOdd(line, it));
  }

  private boolean isOdd(Line line, String model) {
    return line.byModel.containsKey(model)
        && fleets.get(model).isMarked(share(line.byModel.get(model)));
  }

  /** The widest table that fits the screen. */
  private TextTable table() {
    List<Own> owns =
        own.areShown() ? List.of(Own.BOTH_RATES, Own.SHARE, Own.NOTHING) : List.of(Own.NOTHING);
    TextTable table = null;
    for (Own told : owns) {
      for (int bar : Bar.WIDTHS) {
        table = table(told, bar);
        if (table.fits()) {
          return table;
        }
      }
      if (table.fitsWithoutBars()) {
        return table;
      }
    }
    return table;
  }

  private TextTable table(Own told, int barWidth) {
    Bar bar = new Bar(barWidth, screen.unicode());
    OutcomeColumns outcomes =
        new OutcomeColumns(Report.total(report.rows()), told, report.isOneSample(), bar);
    TextTable table =
        new TextTable(screen.width())
            .left(severalModels ? "workload\n" + BELOW + "model" : "workload");
    outcomes.addTo(table);
    lines.forEach(it -> cells(it, outcomes, this::mark).forEach(table::row));
    sums.forEach(it -> cells(it, outcomes, (line, model) -> "").forEach(table::footer));
    return table;
  }

  /** One workload, or a sum of workloads: a row of the table for each model. */
  private record Line(
      String name, OutcomeCounts own, boolean sampled, Map<String, Tally> byModel) {}

  private List<Line> lines(Report shown) {
    Map<String, Map<String, Tally>> tallies = new LinkedHashMap<>();
    for (Section section : Section.all(shown)) {
      tallies
          .computeIfAbsent(section.workload(), it -> new HashMap<>())
          .put(section.modelId(), section.total());
    }
    return tallies.entrySet().stream()
        .map(
            it ->
                new Line(
                    it.getKey(),
                    own.counts(it.getKey()),
                    shown.isSampled(it.getKey()),
                    it.getValue()))
        .toList();
  }

  /** The sum of the workloads that have no row, if there are any, and the sum of all. */
  private List<Line> sums(Report shown) {
    Line all = sum("all", own.counts(), report);
    Report others = report.without(shown);
    if (others.workloads().isEmpty()) {
      return List.of(all);
    }
    String name = "%s not shown".formatted(TextTable.number(others.workloads().size()));
    return List.of(sum(name, own.counts(others.workloads().keySet()), others), all);
  }

  private static Line sum(String name, OutcomeCounts ofOwn, Report of) {
    Map<String, Tally> tallies = new HashMap<>();
    of.judging().forEach(it -> tallies.put(it, Report.total(of.rowsUnder(it))));
    return new Line(name, ofOwn, of.isOneSample(), tallies);
  }

  /** The mark of a row; it comes before the name, where a narrow column cannot cut it off. */
  private String mark(Line line, String model) {
    if (!anyIsOdd) {
      return "";
    }
    return isOdd(line, model) ? ODD + " " : " ".repeat(ODD.length() + 1);
  }

  /** One row for one model; else a row with the name, and a row for each model below it. */
  private List<List<String>> cells(
      Line line, OutcomeColumns outcomes, BiFunction<Line, String, String> mark) {
    List<List<String>> rows = new ArrayList<>();
    if (severalModels) {
      rows.add(List.of(line.name));
    }
    for (String model : report.question().modelIds()) {
      Tally tally = line.byModel.get(model);
      if (tally == null) {
        continue;
      }
      List<String> cells = new ArrayList<>(outcomes.cells(tally, line.own, line.sampled));
      cells.add(0, mark.apply(line, model) + (severalModels ? BELOW + model : line.name));
      rows.add(cells);
    }
    return rows;
  }
}
