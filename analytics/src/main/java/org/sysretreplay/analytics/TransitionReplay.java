package org.sysretreplay.analytics;

import java.util.EnumMap;
import java.util.Map;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Outcome;

/**
 * Asks every frame of one trace what two models make of it, in one pass; not for use by several
 * threads.
 */
public final class TransitionReplay implements FrameSink<TransitionTable> {

  private final Judge base;
  private final Judge other;

  /** Of the kernel that the trace was recorded on; null where it is not known. */
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

  /** Judges frames by both models, and by that of their own kernel. */
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
