package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Question;
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

  /** Stands before what belongs to the line above. */
  private static final String BELOW = "  ";

  private final Report report;
  private final CostModel cost;
  private final boolean unicode;
  private final Bar bar;
  private final OwnKernels own;
  private final Page page = new Page();

  private TextReport(Report report, CostModel cost, boolean unicode) {
    this.report = report;
    this.cost = cost;
    this.unicode = unicode;
    bar = new Bar(BAR_WIDTH, unicode);
    own = OwnKernels.of(report);
  }

  /**
   * The report as one text.
   *
   * @param unicode whether the reader's terminal shows block characters
   */
  public static String render(Report report, CostModel cost, boolean unicode) {
    return new TextReport(report, cost, unicode).render();
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
    IntakeText.writeLeftOut(page, report.question().unjudged());
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
    headline(key, counts(total));
    own.headline(key.workload()).ifPresent(it -> page.line(BELOW + it));
    page.space();
    if (!report.question().by().isEmpty() && !rows.isEmpty()) {
      groups(rows);
    }
    misses(total);
    causes(total);
  }

  private static OutcomeCounts counts(Tally tally) {
    return OutcomeCounts.sum(List.of(tally));
  }

  /** Both rates, each by its name. */
  private void headline(Key key, OutcomeCounts counts) {
    String name = severalModels() ? key.workload() + " under " + key.modelId() : key.workload();
    Ratio share = counts.sysretShare();
    Ratio hits = counts.hitRate();
    headline(
        name,
        "%s exits could return by SYSRET (SYSRET share %s),"
            .formatted(soManyOf(share), share.percent()));
    page.line(
        "%sand %s checked exits (hit rate %s)".formatted(BELOW, soManyOf(hits), hits.percent()));
  }

  private void headline(String name, String sentence) {
    String line = name + ": " + sentence;
    if (line.length() <= Page.WIDTH) {
      page.line(line);
    } else {
      page.line(name + ":").line(BELOW + sentence);
    }
  }

  private static String soManyOf(Ratio ratio) {
    return "%s of %s".formatted(number(ratio.hits()), number(ratio.total()));
  }

  private void groups(List<Report.Row> rows) {
    List<GroupColumn> by = report.question().by();
    TextTable table = new TextTable(Page.WIDTH);
    by.forEach(column -> groupColumn(table, column));
    OutcomeColumns outcomes = new OutcomeColumns(counts(Report.total(rows)), unicode);
    outcomes.addTo(table);
    GroupText text = new GroupText(by, groups(rows.get(0).group().workload()));
    for (Report.Row row : rows) {
      List<String> cells = new ArrayList<>(text.cells(row.group()));
      cells.addAll(outcomes.cells(counts(row.tally())));
      table.row(cells);
    }
    page.table(table).space();
  }

  private List<Group> groups(String workload) {
    return report.rows().stream()
        .map(Report.Row::group)
        .filter(it -> it.workload().equals(workload))
        .toList();
  }

  private static void groupColumn(TextTable table, GroupColumn column) {
    if (column.isText() || column.equals(GroupColumn.SYSCALL)) {
      table.left(column.key());
    } else {
      table.right(column.key());
    }
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
            .right(ofMisses(misses))
            .bar();
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

  /** Names a column of shares by what they are shares of. */
  private static String ofMisses(long misses) {
    return "of %s\nmisses".formatted(number(misses));
  }

  private void causes(Tally total) {
    long misses = total.count(Outcome.IRET_MISS);
    if (misses == 0) {
      return;
    }
    TextTable table =
        new TextTable(Page.WIDTH).left("cause").right("misses").right(ofMisses(misses)).bar();
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

  /** All workloads, and below them their sum; where several models judged, each in turn. */
  private void overview(Map<Key, List<Report.Row>> sections) {
    OutcomeColumns outcomes =
        new OutcomeColumns(counts(Report.total(report.rows())), unicode, own.areShown());
    TextTable table =
        new TextTable(Page.WIDTH)
            .left(severalModels() ? "workload\n" + BELOW + "model" : "workload");
    outcomes.addTo(table);
    for (String workload : report.workloads().keySet()) {
      Function<String, List<Report.Row>> ofModel = model -> sections.get(new Key(workload, model));
      overview(workload, own.counts(workload), ofModel, outcomes).forEach(table::row);
    }
    overview("all", own.counts(), report::rowsUnder, outcomes).forEach(table::footer);
    page.table(table).space();
  }

  /** One row, or the name and below it a row for each model. */
  private List<List<String>> overview(
      String name,
      OutcomeCounts ofOwn,
      Function<String, List<Report.Row>> ofModel,
      OutcomeColumns outcomes) {
    List<List<String>> rows = new ArrayList<>();
    if (severalModels()) {
      rows.add(List.of(name));
    }
    for (String model : report.question().modelIds()) {
      List<String> cells = new ArrayList<>(List.of(severalModels() ? BELOW + model : name));
      OutcomeCounts counts = counts(Report.total(ofModel.apply(model)));
      cells.addAll(outcomes.cells(counts, ofOwn));
      rows.add(cells);
    }
    return rows;
  }

  /** What each policy would change, for every workload. */
  private void policies(Map<Key, List<Report.Row>> sections) {
    TextTable table =
        new TextTable(Page.WIDTH)
            .left("workload")
            .wide("model")
            .right("exits")
            .right("new hits")
            .right("lost hits");
    boolean any = false;
    for (Map.Entry<Key, List<Report.Row>> section : sections.entrySet()) {
      ExitModel model = model(section.getKey());
      if (!model.policies().isEmpty()) {
        any = true;
        Tally total = Report.total(section.getValue());
        table.row(
            List.of(
                section.getKey().workload(),
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

  private static ExitModel model(Key key) {
    return ExitModels.byId(key.modelId()).orElseThrow();
  }

  private void cost(Map<Key, List<Report.Row>> sections) {
    CostText text = new CostText(cost, severalModels());
    sections.forEach(
        (key, rows) -> {
          if (!rows.isEmpty()) {
            long nanos = report.workloads().get(key.workload());
            text.add(key.workload(), model(key), Report.total(rows), nanos);
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
    if (own.areShown()) {
      page.paragraph(own.sentences());
    }
    Question question = report.question();
    page.paragraph(
        MachineText.of(question.machines(), question.allModels(), question.models().isByTrace()));
    doubts();
    carriedOver();
  }

  /** Of each model by itself: all of them judged the same exits. */
  private void doubts() {
    String counts = ofEveryModel(it -> number(it.doubts()), it -> it.doubts() > 0);
    if (!counts.isEmpty()) {
      page.paragraph(
          "Not told by the trace: of some 32-bit returns it is open how they left: %s. %s."
              .formatted(counts, capital(Doubt.COMPAT_RETURN.sentence())));
    }
  }

  private void carriedOver() {
    String counts = ofEveryModel(TextReport::carriedOver, it -> !it.carriedOver().isEmpty());
    if (!counts.isEmpty()) {
      page.paragraph(
          "Carried over from the recorded kernel, as another one may not change such frames: %s."
              .formatted(counts));
    }
  }

  private static String carriedOver(Tally tally) {
    return tally.carriedOver().entrySet().stream()
        .map(it -> "%s %s".formatted(it.getKey(), number(it.getValue())))
        .collect(Collectors.joining(", "));
  }

  /**
   * What there is to say of the exits under each model, beside their total; models of which it is
   * the same stand together.
   */
  private String ofEveryModel(Function<Tally, String> told, Predicate<Tally> isToTell) {
    Map<String, List<String>> models = new LinkedHashMap<>();
    for (String model : report.question().modelIds()) {
      Tally total = Report.total(report.rowsUnder(model));
      if (isToTell.test(total)) {
        String text = "%s of %s exits".formatted(told.apply(total), number(total.exits()));
        models.computeIfAbsent(text, it -> new ArrayList<>()).add(model);
      }
    }
    return models.entrySet().stream()
        .map(it -> "%s under %s".formatted(it.getKey(), String.join(", ", it.getValue())))
        .collect(Collectors.joining("; "));
  }

  /** How sure the registers are; every model judged the same ones. */
  private void stages() {
    if (report.question().reading() == Reading.AS_RECORDED) {
      page.paragraph(
          "Judged as recorded: each event's own registers, whatever the thread did next.");
      return;
    }
    Tally total = Report.total(rowsOfEveryExit());
    page.paragraph(
        "Registers: of %s exits, %s were returned to as recorded, %s amended by what the thread did next (a signal, a restart, ...), %s early: nothing in the trace says what came after the event."
            .formatted(
                number(total.exits()),
                number(total.count(Stage.FINAL)),
                number(total.count(Stage.AMENDED)),
                number(total.count(Stage.EARLY))));
  }

  /** Rows that tell of every exit once: those of any model, or of all where each has its traces. */
  private List<Report.Row> rowsOfEveryExit() {
    return report.question().models().isByTrace()
        ? report.rows()
        : report.rowsUnder(report.question().modelIds().get(0));
  }
}
