package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** The sections on single workloads: their groups, and why their exits miss. */
final class WorkloadText {

  private static final int BAR_WIDTH = 20;

  /** The indent of lines that belong to the line above. */
  private static final int BELOW = 2;

  private final List<GroupColumn> by;
  private final boolean severalModels;
  private final Report report;
  private final OwnKernels own;
  private final Screen screen;
  private final Bar bar;

  WorkloadText(Report report, OwnKernels own, Screen screen) {
    this.report = report;
    by = report.question().by();
    severalModels = report.question().modelIds().size() > 1;
    this.own = own;
    this.screen = screen;
    bar = new Bar(BAR_WIDTH, screen.unicode());
  }

  /** Writes those of the workloads that are shown, under every model. */
  void write(Report shown, Page page) {
    Map<String, GroupText> texts = GroupText.byWorkload(shown);
    for (Section section : Section.all(shown)) {
      Tally total = section.total();
      headline(section, page);
      own.headline(section.workload()).ifPresent(it -> page.indented(BELOW, it));
      page.space();
      TimeLine.of(by, section.rows(), screen.width() - 1).ifPresent(it -> it.write(page, screen));
      if (!by.isEmpty() && !section.rows().isEmpty()) {
        page.table(groups(section, texts.get(section.workload()))).space();
      }
      misses(total, page);
      causes(total, page);
    }
  }

  /** Writes the workload's name with both rates. */
  private void headline(Section section, Page page) {
    OutcomeCounts counts = section.counts();
    String name =
        severalModels ? section.workload() + " under " + section.modelId() : section.workload();
    Ratio share = counts.sysretShare();
    Ratio hits = counts.hitRate();
    boolean sampled = report.isSampled(section.workload());
    headline(
        name,
        "%s exits could return by SYSRET (SYSRET share %s),"
            .formatted(soManyOf(share), percent(share, sampled)),
        page);
    page.indented(
        BELOW,
        "and %s checked exits (hit rate %s)".formatted(soManyOf(hits), percent(hits, sampled)));
  }

  private String percent(Ratio share, boolean sampled) {
    return SampledText.percent(share, sampled, screen.unicode());
  }

  private void headline(String name, String sentence, Page page) {
    String line = name + ": " + sentence;
    if (DisplayWidth.of(line) <= screen.width()) {
      page.strongLine(line);
    } else {
      page.strongLine(name + ":").indented(BELOW, sentence);
    }
  }

  private static String soManyOf(Ratio ratio) {
    return "%s of %s".formatted(number(ratio.hits()), number(ratio.total()));
  }

  /** The widest table that fits the screen. */
  private TextTable groups(Section section, GroupText text) {
    TextTable table = null;
    for (int barWidth : Bar.WIDTHS) {
      table = groups(section, text, new Bar(barWidth, screen.unicode()));
      if (table.fits()) {
        break;
      }
    }
    return table;
  }

  private TextTable groups(Section section, GroupText text, Bar shareBar) {
    TextTable table = new TextTable(screen.width());
    by.forEach(column -> groupColumn(table, column));
    OutcomeColumns outcomes =
        new OutcomeColumns(
            section.total(),
            OutcomeColumns.Own.NOTHING,
            report.isSampled(section.workload()),
            shareBar);
    outcomes.addTo(table);
    for (Report.Row row : section.rows()) {
      List<String> cells = new ArrayList<>(text.cells(row.group(), row.tally()));
      cells.addAll(outcomes.cells(row.tally()));
      table.row(cells);
    }
    return table;
  }

  private static void groupColumn(TextTable table, GroupColumn column) {
    if (column.equals(GroupColumn.EVENT)) {
      table.events(column.key());
    } else if (column.isText() || column.equals(GroupColumn.SYSCALL)) {
      table.left(column.key());
    } else {
      table.right(column.key());
    }
  }

  private void misses(Tally total, Page page) {
    long misses = total.count(Outcome.IRET_MISS);
    if (misses == 0) {
      return;
    }
    TextTable table =
        new TextTable(screen.width())
            .left("failing check")
            .right("any")
            .right("first")
            .right(ofMisses(misses))
            .bar(Ink.RED);
    Map<MissReason, Long> first = total.firstMisses();
    total
        .anyMisses()
        .forEach(
            (reason, any) -> {
              Ratio share = new Ratio(first.getOrDefault(reason, 0L), misses);
              table.row(
                  List.of(
                      reason.name(),
                      number(any),
                      number(share.hits()),
                      share.percent(),
                      bar.of(share)));
            });
    page.table(table).space();
  }

  /** The header of a column of shares of all misses. */
  private static String ofMisses(long misses) {
    return "of %s\nmisses".formatted(number(misses));
  }

  private void causes(Tally total, Page page) {
    long misses = total.count(Outcome.IRET_MISS);
    if (misses == 0) {
      return;
    }
    TextTable table =
        new TextTable(screen.width())
            .left("cause")
            .right("misses")
            .right(ofMisses(misses))
            .bar(Ink.RED);
    total.causes().entrySet().stream()
        .sorted(Map.Entry.<Cause, Long>comparingByValue().reversed())
        .forEach(
            entry -> {
              Ratio share = new Ratio(entry.getValue(), misses);
              table.row(
                  List.of(
                      entry.getKey().name(), number(share.hits()), share.percent(), bar.of(share)));
            });
    page.table(table).space();
  }
}
