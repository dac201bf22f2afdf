package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.choice.FoundSources.Contents;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Comparison.Terms;
import org.sysretreplay.analytics.report.ComparisonRun;
import org.sysretreplay.analytics.report.ComparisonSide;

/**
 * Asks the questions of a comparison and compares the answers.
 *
 * @param name the name of the work, for people
 * @param notes receives what to tell about the sources before they are read
 */
public record Comparer(String name, Terms terms, Engine engine, Consumer<List<Sentence>> notes) {

  /**
   * One side to compare.
   *
   * @param runs at least one
   * @param judges one model, or each trace's own
   */
  public record Side(List<Run> runs, ModelChoice judges) {

    public Side {
      runs = List.copyOf(runs);
    }

    /** A side of one run. */
    public Side(String source, FoundSources found, ModelChoice judges) {
      this(List.of(new Run(source, found)), judges);
    }

    private Inputs judged(Contents looked, Machines machines) {
      return judges.judged(looked.inputs(), machines);
    }

    private ComparisonRun run(
        String source,
        Machines machines,
        Intake intake,
        Map<OwnKernel, OutcomeCounts> own,
        Optional<TallyTable> counted) {
      return new ComparisonRun(source, judges.models(machines), machines, intake, own, counted);
    }
  }

  /**
   * One run.
   *
   * @param source as the user named it
   * @param found what was found there
   */
  public record Run(String source, FoundSources found) {}

  /**
   * Compares two models over the same run: every frame is judged twice.
   *
   * @param base a side of one run, which is also the other side's
   */
  public Comparison ofModels(Side base, Side other) {
    Run run = base.runs().get(0);
    Contents looked = look(base, run);
    Machines known =
        other.judges.learnt(known(base, looked), looked.inputs(), terms.reading(), engine);
    return SettledAnswer.ask(
            known,
            machines -> ofModels(base, other, run, looked, machines),
            it -> it.base().intake().signs())
        .answer();
  }

  private Comparison ofModels(Side base, Side other, Run run, Contents looked, Machines machines) {
    TransitionQuestion question =
        new TransitionQuestion(
            base.judges.models(machines), other.judges.models(machines), machines, terms.reading());
    Inputs judged = other.judges.judged(base.judged(looked, machines), machines);
    Answer<TransitionTable> answer = engine.answer(name, question, judged);
    return Comparison.ofModels(
        ofModel(base, run, machines, answer), ofModel(other, run, machines, answer), terms, answer);
  }

  private static ComparisonSide ofModel(
      Side side, Run run, Machines machines, Answer<TransitionTable> answer) {
    return new ComparisonSide(
        side.judges().id(),
        List.of(
            side.run(
                run.source(), machines, answer.intake(), answer.table().own(), Optional.empty())));
  }

  /** Compares two sides of runs. */
  public Comparison ofRuns(Side base, Side other) {
    return Comparison.ofRuns(answered(base), answered(other), terms);
  }

  private ComparisonSide answered(Side side) {
    return new ComparisonSide(
        side.judges().id(), side.runs().stream().map(it -> answered(side, it)).toList());
  }

  private ComparisonRun answered(Side side, Run run) {
    Contents looked = look(side, run);
    SettledAnswer<Answer<TallyTable>> settled =
        SettledAnswer.ask(
            known(side, looked),
            machines ->
                engine.answer(name, question(side, machines), side.judged(looked, machines)),
            it -> it.intake().signs());
    Answer<TallyTable> answer = settled.answer();
    return side.run(
        run.source(),
        settled.machines(),
        answer.intake(),
        answer.table().ownOutcomes(),
        Optional.of(answer.table()));
  }

  /** The question of one run, grouped by event so that the report can tell what was recorded. */
  private Question question(Side side, Machines machines) {
    return new Question(
        side.judges().models(machines), machines, terms.reading(), List.of(GroupColumn.EVENT));
  }

  private Contents look(Side side, Run run) {
    Contents looked = run.found().look(side.judges().machine(), engine);
    notes.accept(looked.doubles());
    return looked;
  }

  private Machines known(Side side, Contents looked) {
    return side.judges.learnt(looked.machines(), looked.inputs(), terms.reading(), engine);
  }
}
