package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Judge;

/**
 * Asks every frame of one trace what two models make of it, in one pass; not for use by several
 * threads.
 */
public final class TransitionReplay implements FrameSink<TransitionTable> {

  private final Judge base;
  private final Judge other;
  private final TransitionTable table = new TransitionTable();
  private final Transitions transitions;

  public TransitionReplay(TransitionQuestion question, String workload, String traceId) {
    base = question.machines().judge(traceId, question.base().of(traceId).get(0));
    other = question.machines().judge(traceId, question.other().of(traceId).get(0));
    transitions = table.of(workload);
  }

  /** Judges frames by both models. */
  @Override
  public void add(FrameView frame, long count) {
    transitions.plus(base.verdict(frame), other.verdict(frame), frame.cause(), count);
  }

  @Override
  public TransitionTable table() {
    return table;
  }
}
