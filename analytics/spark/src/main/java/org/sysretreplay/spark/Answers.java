package org.sysretreplay.spark;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.FoundSources.Contents;
import org.sysretreplay.analytics.choice.FrameChoice;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.choice.SettledAnswer;
import org.sysretreplay.analytics.page.PageReport;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.analytics.verdict.VerdictLook;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.source.SourceTable;

/** Answers the questions of a selection. */
final class Answers {

  private final Selection asked;
  private final Session session;

  Answers(Selection asked) {
    this.asked = asked;
    session = asked.session();
  }

  /** The answer to {@link Selection#report}. */
  Report report() {
    return Failures.told(
        () -> {
          Notes notes = new Notes();
          Engine engine = session.engine();
          FoundSources found = find(notes);
          ModelChoice judges = asked.judges();
          Contents looked = found.look(judges.machine(), engine);
          notes.add(looked.doubles());
          SettledAnswer<org.sysretreplay.analytics.report.Report> settled =
              SettledAnswer.ask(
                  known(judges, looked, engine),
                  machines -> report(judges, machines, looked, engine),
                  it -> it.intake().signs());
          notes.add(judges, settled.machines(), settled.signs());
          requireFrames(settled.answer().intake(), notes);
          Question question = settled.answer().question();
          Inputs inputs = judges.judged(looked.inputs(), question.machines());
          return new Report(
              session,
              settled.answer(),
              notes.all(),
              () -> PageReport.ask(engine, "sysret-replay page", question, inputs));
        });
  }

  private org.sysretreplay.analytics.report.Report report(
      ModelChoice judges, Machines machines, Contents looked, Engine engine) {
    Question question =
        new Question(judges.models(machines), machines, asked.reading(), asked.by());
    return org.sysretreplay.analytics.report.Report.of(
        question,
        engine.answer("sysret-replay report", question, judges.judged(looked.inputs(), machines)));
  }

  private Machines known(ModelChoice judges, Contents looked, Engine engine) {
    return judges.learnt(looked.machines(), looked.inputs(), asked.reading(), engine);
  }

  /** The answer to {@link Selection#verdicts}. */
  Dataset<Row> verdicts(String model) {
    return Failures.told(
        () -> {
          ModelChoice judges = new ModelChoice(List.of(model), asked.machine());
          requireOne(judges, "verdicts(" + model + ")");
          Notes notes = new Notes();
          Engine engine = session.engine();
          Contents looked = find(notes).look(judges.machine(), engine);
          SettledAnswer<Answer<TallyTable>> settled =
              SettledAnswer.ask(
                  known(judges, looked, engine),
                  machines -> look(judges, machines, looked, engine),
                  it -> it.intake().signs());
          Machines machines = settled.machines();
          Intake intake = settled.answer().intake();
          notes.add(judges.unjudged(machines));
          requireAllJudged(judges, machines);
          requireFrames(intake, notes);
          return session.verdicts(
              new VerdictQuestion(judges.models(machines), machines, asked.reading()),
              judges.judged(looked.inputs(), machines).without(intake.refused().keySet()));
        });
  }

  /** Fails if traces are left out: a Dataset has no notes that could say so. */
  private void requireAllJudged(ModelChoice judges, Machines machines) {
    List<Sentence> unjudged = judges.unjudged(machines);
    if (!unjudged.isEmpty() && !asked.isLenient()) {
      throw new SysretReplayException(
          unjudged.stream().map(Sentence::inPrograms).collect(Collectors.joining(" ")));
    }
  }

  /**
   * Reads the frames, which may show something about their machine, or that they have no verdict
   * each.
   */
  private Answer<TallyTable> look(
      ModelChoice judges, Machines machines, Contents looked, Engine engine) {
    Question question = new Question(judges.models(machines), machines, asked.reading(), List.of());
    return engine.answer(
        "sysret-replay verdicts",
        new VerdictLook(question),
        judges.judged(looked.inputs(), machines));
  }

  private static void requireOne(ModelChoice judges, String what) {
    if (!judges.isOne()) {
      throw new SysretReplayException(what + ": one model judges; name it.");
    }
  }

  /** The rows of a table. */
  Dataset<Row> table(SourceTable table) {
    return Failures.toldOfTables(() -> session.table(table, asked, find(new Notes()).inputs()));
  }

  /** The answer to {@link Selection#explain}. */
  String explain(String frame) {
    return Failures.told(
        () -> {
          ModelChoice judges = asked.judges();
          requireOne(judges, "explain, of models(" + String.join(", ", asked.models()) + ")");
          FrameChoice chosen =
              FrameChoice.find(
                  session.places().of(asked.sources()),
                  frame,
                  asked.format(),
                  Bounds.USUAL,
                  asked.reading(),
                  session.engine().workers().fileSystemOptions(),
                  this::requireReadable);
          Machines machines = chosen.machines(judges.machine());
          return FrameText.explain(judges.models(machines), machines, chosen.story());
        });
  }

  private void requireReadable(TraceException unreadable) {
    if (!asked.isLenient()) {
      throw unreadable;
    }
  }

  /**
   * The traces and stores in the sources.
   *
   * @throws SysretReplayException if something cannot be read, unless the selection skips that and
   *     something else can
   */
  FoundSources find(Notes notes) {
    FoundSources found =
        FoundSources.find(session.places().of(asked.sources()), asked.workload(), asked.format());
    if (!found.unreadable().isEmpty() && (!asked.isLenient() || found.isEmpty())) {
      throw new SysretReplayException(
          found.unreadable().stream()
              .map(TraceException::getMessage)
              .collect(Collectors.joining(" ")));
    }
    notes.add(found);
    return found;
  }

  /**
   * Notes what became of the records.
   *
   * @throws SysretReplayException if an input is empty, refused or has no frame, unless the
   *     selection skips that
   */
  void requireFrames(Intake intake, Notes notes) {
    notes.add(intake);
    if (!intake.isSound() && !asked.isLenient()) {
      throw new SysretReplayException(String.join(" ", notes.all()));
    }
  }
}
