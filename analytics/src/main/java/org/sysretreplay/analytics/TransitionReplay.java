package org.sysretreplay.analytics;

import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;

/**
 * Asks every frame of one trace what two models make of it, in one pass; not for use by several
 * threads.
 */
public final class TransitionReplay implements FrameSink<TransitionTable> {

  private final ExitModel base;
  private final ExitModel other;
  private final Machine baseMachine;
  private final Machine otherMachine;
  private final TransitionTable table = new TransitionTable();
  private final Transitions transitions;

  public TransitionReplay(TransitionQuestion question, String workload, String traceId) {
    base = question.base().of(traceId).get(0);
    other = question.other().of(traceId).get(0);
    baseMachine = question.machines().of(traceId, base);
    otherMachine = question.machines().of(traceId, other);
    transitions = table.of(workload);
  }

  /** Judges frames by both models. */
  @Override
  public void add(FrameView frame, long count) {
    transitions.plus(
        base.judge(frame, baseMachine), other.judge(frame, otherMachine), frame.cause(), count);
  }

  @Override
  public TransitionTable table() {
    return table;
  }
}
