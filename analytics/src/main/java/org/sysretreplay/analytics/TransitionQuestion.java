package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Asks what two models, the base and the other, make of every frame.
 *
 * @param base one model, or one for each trace
 * @param other one model, or one for each trace
 */
public record TransitionQuestion(
    Question.Models base, Question.Models other, Machines machines, Reading reading)
    implements Fold<TransitionTable> {

  /** A question for one machine, whatever machine the traces were recorded on. */
  public TransitionQuestion(
      Question.Models base, Question.Models other, Machine machine, Reading reading) {
    this(base, other, Machines.of(machine), reading);
  }

  public TransitionQuestion {
    requireOne(base);
    requireOne(other);
  }

  /** The machine that was asked for. */
  public Machine machine() {
    return machines.asked();
  }

  private static void requireOne(Question.Models models) {
    if (!models.isByTrace() && models.ids().size() != 1) {
      throw new IllegalArgumentException("not one model on a side: " + models.ids());
    }
  }

  /** None: each workload has one table. */
  @Override
  public List<GroupColumn> by() {
    return List.of();
  }

  @Override
  public TransitionTable zero() {
    return new TransitionTable();
  }

  @Override
  public TransitionReplay begin(String workload, String traceId) {
    return new TransitionReplay(this, workload, traceId);
  }

  @Override
  public void note(TransitionTable table, String workload, String traceId, long nanos) {
    table.plus(begin(workload, traceId).table());
  }

  @Override
  public TransitionTable merge(TransitionTable left, TransitionTable right) {
    return left.plus(right);
  }
}
