package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.List;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;

/**
 * The report as text, what matters most first: the findings, what became of the input, an overview
 * of all workloads, a section for each, notes on the models, and an estimate of time.
 */
public final class TextReport {

  private final Report report;
  private final Report shown;
  private final Report detailed;
  private final Layout layout;
  private final OwnKernels own;
  private final Page page;

  private TextReport(Report report, Layout layout) {
    this.report = report;
    this.layout = layout;
    shown = report.shown(layout.ranking());
    detailed = layout.ranking().detailed(shown);
    own = OwnKernels.of(report);
    page = new Page(layout.screen());
  }

  /**
   * How a report is laid out.
   *
   * @param ranking which workloads are shown, and in which order
   * @param explainsTerms whether the report ends with an explanation of its terms
   */
  public record Layout(Screen screen, Ranking ranking, CostModel cost, boolean explainsTerms) {

    /** All workloads by name, without an explanation of terms. */
    public static Layout of(Screen screen) {
      return new Layout(screen, Ranking.USUAL, CostModel.DEFAULT, false);
    }
  }

  /** The report as one text. */
  public static String render(Report report, Layout layout) {
    return new TextReport(report, layout).render();
  }

  private String render() {
    answer();
    input();
    new OverviewText(report, shown, own, layout.screen()).write(page);
    leftOutDetails();
    new WorkloadText(report, own, layout.screen()).write(detailed, page);
    policies();
    models();
    cost();
    terms();
    return page.toString();
  }

  private void answer() {
    Findings.of(report).sentences().forEach(page::strong);
    if (own.areShown()) {
      page.paragraph(own.sentences());
    }
    page.space();
  }

  private void input() {
    IntakeText.write(page, "Input", report.intake());
    IntakeText.writeLeftOut(page, report.question().unjudged());
    StagesText.write(page, report);
    page.space();
  }

  private void leftOutDetails() {
    if (detailed.workloads().size() < shown.workloads().size()) {
      int all = shown.workloads().size();
      page.paragraph(
          "By themselves follow the %d workloads with the most misses; --top %d shows all %d so, and --sort misses --top N the worst."
              .formatted(Ranking.SOME, all, all));
      page.space();
    }
  }

  /** Writes what each policy would change in every workload. */
  private void policies() {
    TextTable table =
        new TextTable(layout.screen().width())
            .left("workload")
            .wide("model")
            .right("exits")
            .right("new hits")
            .right("lost hits");
    boolean any = false;
    for (Section section : Section.all(shown)) {
      ExitModel model = model(section.modelId());
      if (!model.policies().isEmpty()) {
        any = true;
        Tally total = section.total();
        table.row(
            List.of(
                section.workload(),
                model.id(),
                number(total.exits()),
                number(total.policyGained()),
                number(total.policyLost())));
      }
    }
    if (any) {
      page.line("What if: exits that go from IRET to SYSRET, or back, because of the policy");
      page.table(table).space();
    }
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }

  private void cost() {
    CostText text =
        new CostText(
            layout.cost(), report.question().modelIds().size() > 1, layout.screen().width());
    for (Section section : Section.all(detailed)) {
      if (!section.rows().isEmpty()) {
        long nanos = report.workloads().get(section.workload());
        text.add(
            section.workload(),
            model(section.modelId()),
            section.total(),
            nanos,
            report.isSampled(section.workload()));
      }
    }
    text.write(page);
  }

  private void models() {
    ReportNotes.of(report).forEach(page::paragraph);
    page.space();
  }

  private void terms() {
    if (layout.explainsTerms()) {
      new Legend(report).write(page);
    } else {
      page.paragraph(Legend.WHERE);
    }
  }
}
