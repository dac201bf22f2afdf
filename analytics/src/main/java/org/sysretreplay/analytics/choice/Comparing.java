package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.choice.FoundSources.Looked;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Comparison.Terms;

/**
 * How two sides are compared.
 *
 * @param name of the work, for people
 */
public record Comparing(String name, Terms terms, Engine engine) {

  /**
   * One side, of which all is found.
   *
   * @param source as it was named
   * @param judges one model, or each trace's own
   */
  public record Side(String source, FoundSources sources, ModelChoice judges) {

    private Looked look(Engine engine) {
      return sources.look(judges.machine(), engine);
    }

    private Inputs judged(Looked looked, Machines machines) {
      return judges.judged(looked.inputs(), machines);
    }

    private Comparison.Side with(Settled<Answer<TallyTable>> settled) {
      Answer<TallyTable> answer = settled.answer();
      return with(settled.machines(), answer.intake(), answer.table().ownOutcomes());
    }

    private Comparison.Side with(
        Machines machines, Intake intake, Map<OwnKernel, OutcomeCounts> own) {
      return new Comparison.Side(
          source, judges.id(), judges.models(machines), machines, intake, own);
    }
  }

  /**
   * What two models make of one source: every frame is judged twice.
   *
   * @param base has the sources of the other side, too
   */
  public Comparison ofModels(Side base, Side other) {
    Looked looked = base.look(engine);
    Machines known =
        other.judges.learnt(known(base, looked), looked.inputs(), terms.reading(), engine);
    return Settled.ask(
            known,
            machines -> ofModels(base, other, looked, machines),
            it -> it.base().intake().signs())
        .answer();
  }

  private Comparison ofModels(Side base, Side other, Looked looked, Machines machines) {
    TransitionQuestion question =
        new TransitionQuestion(
            base.judges.models(machines), other.judges.models(machines), machines, terms.reading());
    Inputs judged = other.judges.judged(base.judged(looked, machines), machines);
    Answer<TransitionTable> answer = engine.answer(name, question, judged);
    Map<OwnKernel, OutcomeCounts> own = answer.table().own();
    return Comparison.ofModels(
        base.with(machines, answer.intake(), own),
        other.with(machines, answer.intake(), own),
        terms,
        answer);
  }

  /** Two runs. */
  public Comparison ofRuns(Side base, Side other) {
    Settled<Answer<TallyTable>> ofBase = answer(base);
    Settled<Answer<TallyTable>> ofOther = answer(other);
    return Comparison.ofRuns(
        base.with(ofBase),
        other.with(ofOther),
        terms,
        ofBase.answer().table(),
        ofOther.answer().table());
  }

  private Settled<Answer<TallyTable>> answer(Side side) {
    Looked looked = side.look(engine);
    return Settled.ask(
        known(side, looked),
        machines ->
            engine.answer(
                name,
                new Question(side.judges.models(machines), machines, terms.reading(), List.of()),
                side.judged(looked, machines)),
        it -> it.intake().signs());
  }

  private Machines known(Side side, Looked looked) {
    return side.judges.learnt(looked.machines(), looked.inputs(), terms.reading(), engine);
  }
}
