package org.sysretreplay.spark;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.Sources;
import org.sysretreplay.analytics.report.Comparison.Side;
import org.sysretreplay.analytics.report.Comparison.Terms;

/** How two selections are compared. */
final class Compared {

  private static final String NAME = "sysret-replay compare";

  private final Session session;
  private final Engine engine;
  private final Terms terms;
  private final Notes notes = new Notes();

  private Compared(Session session, Terms terms) {
    this.session = session;
    this.terms = terms;
    engine = session.engine();
  }

  /** One side, of which all is found. */
  private record Found(Selection asked, Sources sources, Models models) {

    Side with(Intake intake) {
      return new Side(
          String.join(", ", asked.sources()), String.join(", ", asked.models()), models, intake);
    }
  }

  static Comparison of(Session session, Selection base, Selection other) {
    check(base);
    check(other);
    if (!base.machine().equals(other.machine()) || base.reading() != other.reading()) {
      throw new SysretReplayException(
          "compare: the sides are judged for different machines or registers; ask both alike.");
    }
    Terms terms = new Terms(base.machine(), base.reading(), Optional.empty());
    return new Compared(session, terms).of(base, other);
  }

  private static void check(Selection side) {
    if (side.models().size() != 1 || side.models().equals(List.of(ModelChoice.ALL))) {
      throw new SysretReplayException(
          "compare: a side asks models(%s), and takes one; name it."
              .formatted(String.join(", ", side.models())));
    }
    if (!side.by().isEmpty()) {
      throw new SysretReplayException("compare: workloads are compared whole; leave out by(...).");
    }
  }

  private Comparison of(Selection base, Selection other) {
    boolean whatIf = isSame(base, other);
    if (whatIf && base.models().equals(other.models())) {
      throw new SysretReplayException(
          "compare: both sides are %s under %s; name other sources, or another model."
              .formatted(String.join(", ", base.sources()), base.models().get(0)));
    }
    Sources ofBase = base.find(notes);
    Sources ofOther = whatIf ? ofBase : other.find(notes);
    Found foundBase = new Found(base, ofBase, base.judges(ofBase, engine, notes));
    Found foundOther = new Found(other, ofOther, other.judges(ofOther, engine, notes));
    org.sysretreplay.analytics.report.Comparison comparison =
        whatIf ? ofModels(foundBase, foundOther) : ofRuns(foundBase, foundOther);
    if (comparison.isEmpty()) {
      throw new SysretReplayException(
          "compare: no workload has exits on both sides, so nothing was compared; workload(NAME)"
              + " counts the traces of a side under one name.");
    }
    return new Comparison(session, comparison, notes.all());
  }

  private boolean isSame(Selection base, Selection other) {
    List<String> left = session.places().of(base.sources());
    List<String> right = session.places().of(other.sources());
    return left.size() == right.size()
        && IntStream.range(0, left.size())
            .allMatch(it -> Sources.isSame(left.get(it), right.get(it)));
  }

  private org.sysretreplay.analytics.report.Comparison ofModels(Found base, Found other) {
    TransitionQuestion question =
        new TransitionQuestion(base.models(), other.models(), terms.machine(), terms.reading());
    Answer<TransitionTable> answer = engine.answer(NAME, question, base.sources().inputs());
    base.asked().requireFrames(answer.intake(), notes);
    return org.sysretreplay.analytics.report.Comparison.ofModels(
        base.with(answer.intake()), other.with(answer.intake()), terms, answer);
  }

  private org.sysretreplay.analytics.report.Comparison ofRuns(Found base, Found other) {
    Answer<TallyTable> ofBase = answer(base);
    Answer<TallyTable> ofOther = answer(other);
    return org.sysretreplay.analytics.report.Comparison.ofRuns(
        base.with(ofBase.intake()),
        other.with(ofOther.intake()),
        terms,
        ofBase.table(),
        ofOther.table());
  }

  private Answer<TallyTable> answer(Found side) {
    Question question = new Question(side.models(), terms.machine(), terms.reading(), List.of());
    Answer<TallyTable> answer = engine.answer(NAME, question, side.sources().inputs());
    side.asked().requireFrames(answer.intake(), notes);
    return answer;
  }
}
