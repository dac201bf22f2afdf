package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.trace.Reading;

/**
 * How single frames are judged.
 *
 * @param models one model, or one for each trace
 */
public record VerdictQuestion(Models models, Machines machines, Reading reading)
    implements Serializable {

  /** One model and one machine for all traces. */
  public VerdictQuestion(String modelId, Machine machine, Reading reading) {
    this(new Models(List.of(modelId), Map.of()), Machines.of(machine), reading);
  }

  /** The machine asked for. */
  public Machine machine() {
    return machines.asked();
  }

  /** The judge of the frames of one trace. */
  Function<Exit, Verdict> judge(String traceId) {
    return models.judges(machines, traceId).get(0)::verdict;
  }
}
