package org.sysretreplay.analytics.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.MissSites;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.SeveralQuestions;
import org.sysretreplay.analytics.SiteQuestion;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * All reports that a page shows about the same frames.
 *
 * @param asked by workload, judged by the models asked for
 * @param everyModel by workload, judged by every model that can run on the machine
 * @param groups by workload and other columns, judged like {@code asked}
 * @param time by windows of time, judged like {@code asked}; empty if exits have no time each
 * @param sites the sites that misses return to under the first model asked for
 * @param unreadable the error of a source that made it impossible to list the sites, if any
 */
public record PageReport(
    Report asked,
    Report everyModel,
    List<Report> groups,
    Optional<Report> time,
    MissSites sites,
    Optional<String> unreadable) {

  /** The grouping by thread; if there are too many threads, only by their names. */
  private static final List<List<GroupColumn>> THREADS =
      List.of(List.of(GroupColumn.COMM, GroupColumn.TID), List.of(GroupColumn.COMM));

  /** The most points of a line, for a workload that was recorded in one piece. */
  private static final int POINTS = 100;

  public PageReport {
    groups = List.copyOf(groups);
  }

  /**
   * Puts all questions of a page to the inputs. Traces are read once for all questions but two: the
   * one by time, whose windows depend on the traces' length, and the one for the sites of misses.
   *
   * @param name the name of the work, for people
   * @param question which models judge, and a grouping to show besides those that every page has
   */
  public static PageReport ask(Engine engine, String name, Question question, Inputs inputs) {
    try {
      return ask(engine, name, question, THREADS.get(0), inputs);
    } catch (TooManyGroupsException e) {
      return ask(engine, name, question, THREADS.get(1), inputs);
    }
  }

  private static PageReport ask(
      Engine engine, String name, Question question, List<GroupColumn> threads, Inputs inputs) {
    List<Question> all = new ArrayList<>();
    all.add(by(question, List.of()));
    all.add(everyModel(question));
    splits(question, threads).forEach(it -> all.add(by(question, it)));
    Answer<List<TallyTable>> answer = engine.answer(name, SeveralQuestions.of(all), inputs);
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      reports.add(report(all.get(i), answer.table().get(i), answer.intake()));
    }
    MissSites sites = new MissSites();
    Optional<String> unreadable = Optional.empty();
    try {
      sites = engine.answer(name, sites(question), inputs).table();
    } catch (TraceException e) {
      // The other questions are answered already, so the page is made without the sites.
      unreadable = Optional.of(e.getMessage());
    }
    return new PageReport(
        reports.get(0),
        reports.get(1),
        reports.subList(2, reports.size()),
        time(engine, name, reports.get(0), inputs),
        sites,
        unreadable);
  }

  private static SiteQuestion sites(Question question) {
    Models models = question.models();
    return new SiteQuestion(
        models.isByTrace()
            ? models
            : new Models(models.ids().subList(0, 1), Map.of(), models.named()),
        question.machines(),
        question.reading());
  }

  /** Whether its totals are those of a report, however that is grouped. */
  public boolean agreesWith(Report report) {
    return totals(asked).equals(totals(report));
  }

  private static Map<List<String>, Tally> totals(Report report) {
    Map<List<String>, Tally> totals = new HashMap<>();
    for (Report.Row row : report.rows()) {
      totals
          .computeIfAbsent(
              List.of(row.group().workload(), row.group().modelId()), it -> new Tally())
          .plus(row.tally());
    }
    return totals;
  }

  private static Question by(Question question, List<GroupColumn> by) {
    return new Question(question.models(), question.machines(), question.reading(), by);
  }

  private static Question everyModel(Question question) {
    List<String> ids =
        ExitModels.all().stream()
            .filter(it -> it.supports(question.machine()))
            .map(ExitModel::id)
            .toList();
    return new Question(
        new Models(ids, Map.of()), question.machines(), question.reading(), List.of());
  }

  /** The groupings of every workload: the one asked for, and those that every page has. */
  private static List<List<GroupColumn>> splits(Question question, List<GroupColumn> threads) {
    return Stream.of(
            question.by(),
            List.of(GroupColumn.ENTRY),
            List.of(GroupColumn.ENTRY, GroupColumn.SYSCALL),
            threads,
            List.of(GroupColumn.CPU))
        .filter(it -> !it.isEmpty())
        .distinct()
        .toList();
  }

  private static Report report(Question question, TallyTable table, Intake intake) {
    return Report.of(question, new Answer<>(table, intake));
  }

  private static Optional<Report> time(Engine engine, String name, Report asked, Inputs inputs) {
    long nanos = asked.workloads().values().stream().mapToLong(it -> it).max().orElse(0);
    boolean counted = asked.intake().counts().isCounted();
    if (nanos <= 0 || counted) {
      return Optional.empty();
    }
    Question question = by(asked.question(), List.of(GroupColumn.window(width(nanos))));
    return Optional.of(Report.of(question, engine.answer(name, question, inputs)));
  }

  /** A round width that divides the time into at most {@link #POINTS} windows. */
  private static long width(long nanos) {
    long width = 1;
    while (nanos / width >= POINTS) {
      width = next(width);
    }
    return width;
  }

  /** The next in the series 1, 2, 5, 10, 20, ... */
  private static long next(long width) {
    return Long.toString(width).startsWith("2") ? width / 2 * 5 : width * 2;
  }
}
