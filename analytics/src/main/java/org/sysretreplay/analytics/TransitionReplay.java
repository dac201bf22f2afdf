package org.sysretreplay.analytics;

import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Asks every frame of one trace what two models make of it, in one pass. Trace files and stores
 * both come through this class; not for use by several threads.
 */
public final class TransitionReplay {

  private final ExitModel base;
  private final ExitModel other;
  private final Machine machine;
  private final TransitionTable table = new TransitionTable();
  private final Transitions transitions;

  public TransitionReplay(TransitionQuestion question, String workload, String traceId) {
    base = question.base().of(traceId).get(0);
    other = question.other().of(traceId).get(0);
    machine = question.machine();
    transitions = table.of(workload);
  }

  /** Judges one frame by both models. */
  public void add(Exit frame) {
    add(frame, 1);
  }

  /** Judges frames of which one stands for all. */
  public void add(Exit frame, long count) {
    transitions.plus(base.judge(frame, machine), other.judge(frame, machine), frame.cause(), count);
  }

  /** What was added up so far. */
  public TransitionTable table() {
    return table;
  }

  /**
   * The answer of one trace file, read from its start to its end.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  public static TransitionAnswer answer(TransitionQuestion question, TraceInput input) {
    TransitionReplay replay = new TransitionReplay(question, input.workload(), input.traceId());
    RejectSummary rejects = new RejectSummary();
    try (CountingReader reader = input.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          replay.add(accepted.frame());
        } else if (next instanceof Rejected rejected) {
          rejects.plus(rejected.reject());
        }
      }
      return new TransitionAnswer(replay.table(), new Intake(reader.counts(), rejects));
    }
  }
}
