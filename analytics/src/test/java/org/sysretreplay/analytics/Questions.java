package org.sysretreplay.analytics;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/** Questions that together cover everything an engine can answer. */
public final class Questions {

  /** Every kernel's model, and every policy on a model that it changes. */
  public static final List<String> MODELS =
      Stream.concat(
              ExitModels.all().stream().map(ExitModel::id),
              Stream.of(
                  "seed+signal-delivery-hits+exec-hits",
                  "seed+no-irq-check",
                  "linux-4.1+irq-check",
                  "linux-4.16+no-canonical-pessimism"))
          .toList();

  /** One column of every kind; the windows divide no second. */
  public static final List<GroupColumn> COLUMNS =
      Stream.of(Kind.values())
          .map(it -> new GroupColumn(it, it == Kind.WINDOW ? 7_000_000 : 0))
          .toList();

  public static final Question BY_EVERYTHING =
      new Question(MODELS, Machine.TRACED, Reading.ASSEMBLED, COLUMNS);

  public static final Question AS_RECORDED =
      new Question(MODELS, Machine.UNTRACED, Reading.AS_RECORDED, COLUMNS);

  public static final Question BY_NOTHING =
      new Question(MODELS, Machine.UNTRACED, Reading.ASSEMBLED, List.of());

  /** All questions: in each reading, with columns and without. */
  public static final List<Question> ALL = List.of(BY_EVERYTHING, AS_RECORDED, BY_NOTHING);

  private static final Machine XEN = Machine.UNTRACED.withXenPv(true);

  /** Pairs with new hits, lost hits, other routes, other checks and another order of checks. */
  public static final List<TransitionQuestion> TRANSITIONS =
      List.of(
          transitions("seed", "linux-4.1", Machine.TRACED, Reading.ASSEMBLED),
          transitions("seed", "seed+signal-delivery-hits", Machine.TRACED, Reading.ASSEMBLED),
          transitions("seed", "seed+exec-hits", Machine.TRACED, Reading.AS_RECORDED),
          transitions("linux-4.1", "linux-4.1+irq-check", Machine.UNTRACED, Reading.ASSEMBLED),
          transitions("linux-3.19", "linux-6.9", Machine.UNTRACED, Reading.AS_RECORDED),
          transitions("linux-4.16", "linux-5.12", XEN, Reading.ASSEMBLED),
          transitions("linux-6.9", "fred", Machine.TRACED, Reading.ASSEMBLED));

  /** Questions for the sites of misses, one for each reading. */
  public static final List<SiteQuestion> SITES =
      List.of(
          new SiteQuestion(models("seed"), Machines.of(Machine.TRACED), Reading.ASSEMBLED),
          new SiteQuestion(models("seed"), Machines.of(Machine.TRACED), Reading.AS_RECORDED));

  private Questions() {}

  /** The columns, for tests that take one each. */
  public static List<GroupColumn> columns() {
    return COLUMNS;
  }

  /** The question for the transitions of all frames from one model to another. */
  public static TransitionQuestion transitions(
      String base, String other, Machine machine, Reading reading) {
    return new TransitionQuestion(models(base), models(other), machine, reading);
  }

  private static Question.Models models(String id) {
    return new Question.Models(List.of(id), Map.of());
  }
}
