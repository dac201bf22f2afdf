package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * A question to every frame: what do two models make of you?
 *
 * @param base one model, or one for each trace
 * @param other one model, or one for each trace
 */
public record TransitionQuestion(
    Question.Models base, Question.Models other, Machine machine, Reading reading)
    implements Fold<TransitionTable> {

  public TransitionQuestion {
    requireOne(base);
    requireOne(other);
  }

  private static void requireOne(Question.Models models) {
    if (!models.isByTrace() && models.ids().size() != 1) {
      throw new IllegalArgumentException("not one model on a side: " + models.ids());
    }
  }

  /** Nothing: each workload has one table. */
  @Override
  public List<GroupColumn> by() {
    return List.of();
  }

  @Override
  public TransitionTable zero() {
    return new TransitionTable();
  }

  @Override
  public TransitionReplay begin(String workload, String traceId, String kernelRelease) {
    return new TransitionReplay(this, workload, traceId, kernelRelease);
  }

  @Override
  public void note(TransitionTable table, String workload, String traceId, long nanos) {
    table.of(workload);
  }

  @Override
  public TransitionTable merge(TransitionTable left, TransitionTable right) {
    return left.plus(right);
  }
}
