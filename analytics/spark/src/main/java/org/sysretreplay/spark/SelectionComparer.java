package org.sysretreplay.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sysretreplay.analytics.choice.Comparer;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.report.Comparability;
import org.sysretreplay.analytics.report.Comparison.Terms;
import org.sysretreplay.analytics.report.ComparisonSide;

/** Compares two selections. */
final class SelectionComparer {

  private final Session session;
  private final Selection base;
  private final Selection other;
  private final Notes notes = new Notes();

  private SelectionComparer(Session session, Selection base, Selection other) {
    this.session = session;
    this.base = base;
    this.other = other;
  }

  static Comparison of(Session session, Selection base, Selection other) {
    check(base);
    check(other);
    if (!base.machine().equals(other.machine()) || base.reading() != other.reading()) {
      throw new SysretReplayException(
          "compare: the sides are judged for different machines or registers; ask both alike.");
    }
    return new SelectionComparer(session, base, other).compare();
  }

  private static void check(Selection side) {
    if (!side.judges().isOne()) {
      throw new SysretReplayException(
          "compare: a side asks models(%s), and takes one; name it."
              .formatted(String.join(", ", side.models())));
    }
    if (!side.by().isEmpty()) {
      throw new SysretReplayException("compare: workloads are compared whole; leave out by(...).");
    }
  }

  private Comparison compare() {
    boolean whatIf = isSame();
    if (whatIf) {
      checkReadAlike();
    }
    FoundSources ofBase = base.answers().find(notes);
    FoundSources ofOther = whatIf ? ofBase : other.answers().find(notes);
    Comparer comparing =
        new Comparer(
            "sysret-replay compare",
            new Terms(base.machine(), base.reading(), Optional.empty()),
            session.engine(),
            notes::add);
    Comparer.Side baseSide = new Comparer.Side(name(base), ofBase, base.judges());
    Comparer.Side otherSide = new Comparer.Side(name(other), ofOther, other.judges());
    return told(
        whatIf ? comparing.ofModels(baseSide, otherSide) : comparing.ofRuns(baseSide, otherSide));
  }

  /** The same sources are read only once, so another way to read them would have no effect. */
  private void checkReadAlike() {
    if (!base.workload().equals(other.workload())
        || !base.format().equals(other.format())
        || base.isLenient() != other.isLenient()) {
      throw new SysretReplayException(
          "compare: the sides have the same sources, and differ in workload(...), format(...) or"
              + " skipUnreadable(); ask both alike.");
    }
  }

  private boolean isSame() {
    List<String> left = session.places().of(base.sources());
    List<String> right = session.places().of(other.sources());
    return left.size() == right.size()
        && IntStream.range(0, left.size())
            .allMatch(it -> FoundSources.isSame(left.get(it), right.get(it)));
  }

  private static String name(Selection side) {
    return String.join(", ", side.sources());
  }

  private Comparison told(org.sysretreplay.analytics.report.Comparison comparison) {
    tell(base, comparison.base());
    if (comparison.whatIf()) {
      notes.add(other.judges().notes(comparison.other().machines()));
      notes.add(other.judges().unjudged(comparison.other().machines()));
    } else {
      tell(other, comparison.other());
    }
    if (comparison.isEmpty()) {
      throw new SysretReplayException(
          "compare: no workload has exits on both sides, so nothing was compared; workload(NAME)"
              + " counts the traces of a side under one name.");
    }
    List<String> all = new ArrayList<>(notes.all());
    all.addAll(Comparability.of(comparison));
    return new Comparison(session, comparison, List.copyOf(all));
  }

  private void tell(Selection asked, ComparisonSide side) {
    notes.add(asked.judges(), side.machines(), side.intake().signs());
    asked.answers().requireFrames(side.intake(), notes);
  }
}
