package org.sysretreplay.analytics.choice;

import java.util.List;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionTable;
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

    private Comparison.Side with(Machines machines, Intake intake) {
      return new Comparison.Side(source, judges.id(), judges.models(machines), machines, intake);
    }
  }

  /**
   * What two models make of one source: every frame is judged twice.
   *
   * @param base has the sources of the other side, too
   */
  public Comparison ofModels(Side base, Side other) {
    return Settled.ask(
            known(base),
            machines -> ofModels(base, other, machines),
            it -> it.base().intake().signs())
        .answer();
  }

  private Comparison ofModels(Side base, Side other, Machines machines) {
    TransitionQuestion question =
        new TransitionQuestion(
            base.judges.models(machines), other.judges.models(machines), machines, terms.reading());
    Answer<TransitionTable> answer = engine.answer(name, question, base.sources.inputs());
    return Comparison.ofModels(
        base.with(machines, answer.intake()), other.with(machines, answer.intake()), terms, answer);
  }

  /** Two runs. */
  public Comparison ofRuns(Side base, Side other) {
    Settled<Answer<TallyTable>> ofBase = answer(base);
    Settled<Answer<TallyTable>> ofOther = answer(other);
    return Comparison.ofRuns(
        base.with(ofBase.machines(), ofBase.answer().intake()),
        other.with(ofOther.machines(), ofOther.answer().intake()),
        terms,
        ofBase.answer().table(),
        ofOther.answer().table());
  }

  private Settled<Answer<TallyTable>> answer(Side side) {
    return Settled.ask(
        known(side),
        machines ->
            engine.answer(
                name,
                new Question(side.judges.models(machines), machines, terms.reading(), List.of()),
                side.sources.inputs()),
        it -> it.intake().signs());
  }

  private Machines known(Side side) {
    return side.judges.learnt(
        side.sources.machines(side.judges.machine(), engine),
        side.sources.inputs(),
        terms.reading(),
        engine);
  }
}
