package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Outcome;

/**
 * The report as Markdown for an issue or a patch mail: the findings, what became of the input, a
 * table of all workloads, and a table for each of them. Names are escaped, so that they show as
 * they are.
 */
public final class MarkdownReport {

  private final Report report;
  private final Report shown;
  private final Report detailed;
  private final Map<String, GroupText> texts;
  private final OwnKernels own;
  private final Set<Outcome> outcomes;
  private final boolean severalModels;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(Report report, Ranking ranking) {
    this.report = report;
    shown = report.shown(ranking);
    detailed = ranking.detailed(shown);
    texts = GroupText.byWorkload(detailed);
    own = OwnKernels.of(report);
    outcomes = OutcomeColumns.shown(OutcomeCounts.of(Report.total(report.rows())));
    severalModels = report.question().modelIds().size() > 1;
  }

  /** The report as one text. */
  public static String render(Report report, Ranking ranking) {
    return new MarkdownReport(report, ranking).render();
  }

  private String render() {
    Findings.of(report).sentences().forEach(it -> paragraph("**" + Markdown.text(it) + "**"));
    if (own.areShown()) {
      paragraph(Markdown.text(own.sentences()));
    }
    input();
    text.append(overview()).append('\n');
    if (detailed.workloads().size() < shown.workloads().size()) {
      paragraph(
          "By themselves follow the %d workloads with the most misses.".formatted(Ranking.SOME));
    }
    Section.all(detailed).forEach(this::workload);
    return text.toString().stripTrailing() + "\n";
  }

  private void paragraph(String words) {
    text.append(words).append("\n\n");
  }

  private void input() {
    Page page = new Page();
    IntakeText.write(page, "Input", report.intake());
    IntakeText.writeLeftOut(page, report.question().unjudged());
    StagesText.write(page, report);
    paragraph(
        page.toString()
            .lines()
            .map(String::strip)
            .map(Markdown::text)
            .collect(Collectors.joining("\n")));
  }

  private String overview() {
    List<String> header =
        header(severalModels ? List.of("workload", "model") : List.of("workload"));
    if (own.areShown()) {
      header.add("own SYSRET share");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Section section : Section.all(shown)) {
      rows.add(
          row(
              section.workload(),
              section.modelId(),
              section.total(),
              own.counts(section.workload()),
              report.isSampled(section.workload())));
    }
    Report others = report.without(shown);
    if (!others.workloads().isEmpty()) {
      String name = "%s not shown".formatted(number(others.workloads().size()));
      sums(name, others, own.counts(others.workloads().keySet()), rows);
    }
    if (report.workloads().size() > 1) {
      sums("all", report, own.counts(), rows);
    }
    return Markdown.table(severalModels ? 2 : 1, header, rows);
  }

  /** Adds a row of sums for each model that judged any of the workloads. */
  private void sums(String name, Report of, OutcomeCounts ofOwn, List<List<String>> rows) {
    for (String model : of.judging()) {
      rows.add(row(name, model, Report.total(of.rowsUnder(model)), ofOwn, of.isOneSample()));
    }
  }

  /** The names of all columns. */
  private List<String> header(List<String> first) {
    List<String> header = new ArrayList<>(first);
    header.add(SampledText.exits(report.isOneSample()));
    outcomes.forEach(it -> header.add(it.name()));
    header.addAll(List.of("hit rate", "SYSRET share", "main reason", "main cause"));
    return header;
  }

  private List<String> row(
      String name, String model, Tally tally, OutcomeCounts ofOwn, boolean sampled) {
    List<String> cells = new ArrayList<>(severalModels ? List.of(name, model) : List.of(name));
    cells.addAll(cells(tally, sampled));
    if (own.areShown()) {
      cells.add(ofOwn.sysretShare().percent());
    }
    return cells;
  }

  private List<String> cells(Tally tally, boolean sampled) {
    Finding finding = Finding.of(tally);
    OutcomeCounts counts = finding.outcomes();
    return Stream.of(
            Stream.of(number(counts.exits())),
            outcomes.stream().map(it -> number(counts.count(it))),
            Stream.of(
                counts.hitRate().percent(),
                SampledText.percent(counts.sysretShare(), sampled, true),
                finding.reason().map(MarkdownReport::named).orElse(""),
                finding.cause().map(MarkdownReport::named).orElse("")))
        .flatMap(it -> it)
        .toList();
  }

  private static String named(Leading<?> leading) {
    return leading.what() + " " + leading.share().percent();
  }

  private void workload(Section section) {
    List<GroupColumn> by = report.question().by();
    if (by.isEmpty() || section.rows().isEmpty()) {
      return;
    }
    String under = severalModels ? " under " + section.modelId() : "";
    paragraph("### " + Markdown.text(section.workload() + under));
    GroupText names = texts.get(section.workload());
    List<List<String>> rows = new ArrayList<>();
    for (Report.Row row : section.rows()) {
      List<String> cells = new ArrayList<>(names.cells(row.group(), row.tally()));
      cells.addAll(cells(row.tally(), report.isSampled(section.workload())));
      rows.add(cells);
    }
    text.append(Markdown.table(by.size(), header(by.stream().map(GroupColumn::key).toList()), rows))
        .append('\n');
  }
}
