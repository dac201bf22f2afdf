package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Doubt;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The report for eyes, 80 columns wide: what every workload did, why it missed, what the reasons
 * mean, all workloads side by side, and what became of the input. What matters most stands last,
 * where a terminal shows it.
 */
public final class TextReport {

  private static final int BAR_WIDTH = 20;

  private final Report report;
  private final CostModel cost;
  private final Bar bar;
  private final Page page = new Page();

  private TextReport(Report report, CostModel cost, Bar bar) {
    this.report = report;
    this.cost = cost;
    this.bar = bar;
  }

  /**
   * The report as one text.
   *
   * @param unicode whether the reader's terminal shows block characters
   */
  public static String render(Report report, CostModel cost, boolean unicode) {
    return new TextReport(report, cost, new Bar(BAR_WIDTH, unicode)).render();
  }

  private String render() {
    Map<Key, List<Report.Row>> sections = sections();
    sections.forEach(this::section);
    new Legend(report).write(page);
    if (sections.size() > 1) {
      overview(sections);
    }
    policies(sections);
    cost(sections);
    models();
    stages();
    IntakeText.write(page, "Input", report.intake());
    return page.toString();
  }

  /** What one section is about. */
  private record Key(String workload, String modelId) {
    static Key of(Group group) {
      return new Key(group.workload(), group.modelId());
    }
  }

  private Map<Key, List<Report.Row>> sections() {
    Map<Key, List<Report.Row>> sections = new LinkedHashMap<>();
    for (String workload : report.workloads().keySet()) {
      for (String model : report.question().modelIds()) {
        sections.put(new Key(workload, model), new ArrayList<>());
      }
    }
    report.rows().forEach(row -> sections.get(Key.of(row.group())).add(row));
    return sections;
  }

  private boolean severalModels() {
    return report.question().modelIds().size() > 1;
  }

  private void section(Key key, List<Report.Row> rows) {
    Tally total = Report.total(rows);
    String model = severalModels() ? " under " + key.modelId() : "";
    page.line(
        "%s%s: %s of %s checked exits could return by SYSRET (%s)"
            .formatted(
                key.workload(),
                model,
                number(total.hitRate().hits()),
                number(total.checked()),
                total.hitRate().percent()));
    page.space();
    if (!report.question().by().isEmpty() && !rows.isEmpty()) {
      groups(rows);
    }
    misses(total);
    causes(total);
  }

  private void groups(List<Report.Row> rows) {
    List<GroupColumn> by = report.question().by();
    TextTable table = new TextTable(Page.WIDTH);
    by.forEach(column -> groupColumn(table, column));
    Set<Outcome> rare = rareOutcomes(rows);
    table.right("exits");
    rare.forEach(outcome -> table.right(outcome.key()));
    table.right("SYSRET").right("IRET").right("hit rate").bar();
    for (Report.Row row : rows) {
      Tally tally = row.tally();
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < by.size(); i++) {
        cells.add(GroupText.of(by.get(i), row.group(), by));
      }
      cells.add(number(tally.exits()));
      rare.forEach(outcome -> cells.add(number(tally.count(outcome))));
      cells.addAll(hitCells(tally));
      table.row(cells);
    }
    page.table(table).space();
  }

  private static void groupColumn(TextTable table, GroupColumn column) {
    if (column.isText() || column == GroupColumn.SYSCALL) {
      table.left(column.key());
    } else {
      table.right(column.key());
    }
  }

  private List<String> hitCells(Tally tally) {
    return List.of(
        number(tally.count(Outcome.SYSRET)),
        number(tally.count(Outcome.IRET_MISS)),
        tally.hitRate().percent(),
        bar.of(tally.hitRate()));
  }

  /** Outcomes that only some models have; a column of zeros would only be in the way. */
  private static Set<Outcome> rareOutcomes(List<Report.Row> rows) {
    Set<Outcome> rare = Legend.outcomesThatNeedWords();
    Tally total = Report.total(rows);
    rare.removeIf(outcome -> total.count(outcome) == 0);
    return rare;
  }

  private void misses(Tally total) {
    long misses = total.count(Outcome.IRET_MISS);
    if (misses == 0) {
      return;
    }
    TextTable table =
        new TextTable(Page.WIDTH)
            .left("failing check")
            .right("any")
            .right("first")
            .right("of misses");
    table.bar();
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

  private void causes(Tally total) {
    long misses = total.count(Outcome.IRET_MISS);
    if (misses == 0) {
      return;
    }
    TextTable table =
        new TextTable(Page.WIDTH).left("cause").right("misses").right("of misses").bar();
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

  private void overview(Map<Key, List<Report.Row>> sections) {
    TextTable table = new TextTable(Page.WIDTH).left("workload");
    if (severalModels()) {
      table.left("model");
    }
    table.right("exits").right("SYSRET").right("IRET").right("hit rate").bar();
    sections.forEach((key, rows) -> table.row(overviewCells(key, Report.total(rows))));
    report
        .question()
        .modelIds()
        .forEach(
            model ->
                table.footer(
                    overviewCells(
                        new Key("all", model),
                        Report.total(
                            report.rows().stream()
                                .filter(row -> row.group().modelId().equals(model))
                                .toList()))));
    page.table(table).space();
  }

  private List<String> overviewCells(Key key, Tally tally) {
    List<String> cells = new ArrayList<>(List.of(key.workload()));
    if (severalModels()) {
      cells.add(key.modelId());
    }
    cells.add(number(tally.exits()));
    cells.addAll(hitCells(tally));
    return cells;
  }

  /** What each policy would change, for every workload. */
  private void policies(Map<Key, List<Report.Row>> sections) {
    TextTable table =
        new TextTable(Page.WIDTH)
            .left("workload")
            .wide("model")
            .right("new hits")
            .right("lost hits");
    boolean any = false;
    for (Map.Entry<Key, List<Report.Row>> section : sections.entrySet()) {
      ExitModel model = ExitModels.byId(section.getKey().modelId()).orElseThrow();
      if (!model.policies().isEmpty()) {
        any = true;
        Tally total = Report.total(section.getValue());
        table.row(
            List.of(
                section.getKey().workload(),
                model.id(),
                number(total.policyGained()),
                number(total.policyLost())));
      }
    }
    if (any) {
      page.line("What if: exits that go from IRET to SYSRET, or back, because of the policy");
      page.table(table).space();
    }
  }

  private void cost(Map<Key, List<Report.Row>> sections) {
    CostText text = new CostText(cost, severalModels());
    sections.forEach(
        (key, rows) -> {
          if (!rows.isEmpty()) {
            long nanos = report.workloads().get(key.workload());
            text.add(key.workload(), key.modelId(), Report.total(rows), nanos);
          }
        });
    text.write(page);
  }

  private void models() {
    for (ExitModel model : report.question().allModels()) {
      String text =
          "Model %s: %s. %s"
              .formatted(model.id(), model.description().versions(), model.description().summary());
      page.paragraph(text);
    }
    page.paragraph(MachineText.of(report.question().machine()));
    long doubts = Report.total(report.rows()).doubts();
    if (doubts > 0) {
      page.paragraph(
          "Not told by the trace: of %s 32-bit returns it is open how they left. %s."
              .formatted(number(doubts), capital(Doubt.COMPAT_RETURN.sentence())));
    }
  }

  /** How sure the registers are; every model judged the same ones. */
  private void stages() {
    if (report.question().reading() == Reading.AS_RECORDED) {
      page.paragraph(
          "Judged as recorded: each event's own registers, whatever the thread did next.");
      return;
    }
    Tally total = Report.total(report.rows());
    long models = report.question().models().isByTrace() ? 1 : report.question().modelIds().size();
    page.paragraph(
        "Registers: %s exits returned to as recorded, %s amended by what the thread did next (a signal, a restart, ...), %s early: nothing in the trace says what came after the event."
            .formatted(
                number(total.count(Stage.FINAL) / models),
                number(total.count(Stage.AMENDED) / models),
                number(total.count(Stage.EARLY) / models)));
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
