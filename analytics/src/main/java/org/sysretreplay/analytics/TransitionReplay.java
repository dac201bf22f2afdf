package org.sysretreplay.analytics;

import java.util.EnumMap;
import java.util.Map;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Outcome;

/** Judges every frame of one trace by two models, in one pass; not thread-safe. */
public final class TransitionReplay implements FrameSink<TransitionTable> {

  private final Judge base;
  private final Judge other;

  /** Judges as the kernel that the trace was recorded on; null if that is not known. */
  private final Judge own;

  private final OwnKernel kernel;
  private final Map<Outcome, Long> ofOwn = new EnumMap<>(Outcome.class);
  private final TransitionTable table = new TransitionTable();
  private final Transitions transitions;

  public TransitionReplay(TransitionQuestion question, String workload, String traceId) {
    Machines machines = question.machines();
    base = question.base().judges(machines, traceId).get(0);
    other = question.other().judges(machines, traceId).get(0);
    own = machines.ownJudge(traceId).orElse(null);
    kernel =
        own == null
            ? null
            : new OwnKernel(workload, machines.of(traceId).release(), own.model().id());
    transitions = table.of(workload);
  }

  /** Judges frames by both models, and by their own kernel's model. */
  @Override
  public void add(FrameView frame, long count) {
    transitions.plus(base.verdict(frame), other.verdict(frame), frame.cause(), count);
    if (own != null) {
      ofOwn.merge(own.verdict(frame).outcome(), count, Long::sum);
    }
  }

  @Override
  public TransitionTable table() {
    if (own != null) {
      table.own(kernel, new OutcomeCounts(ofOwn));
      ofOwn.clear();
    }
    return table;
  }
}
