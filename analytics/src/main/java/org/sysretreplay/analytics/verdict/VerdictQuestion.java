package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * How frames are judged one by one.
 *
 * @param modelId an id of {@link ExitModels}
 */
public record VerdictQuestion(String modelId, Machine machine, Reading reading)
    implements Serializable {

  public VerdictQuestion {
    model(modelId);
  }

  /**
   * Who judges the frames of a trace.
   *
   * @param kernelRelease the release of the kernel that was recorded; empty where the trace does
   *     not say
   */
  Judge judge(String kernelRelease) {
    return new Judge(model(modelId), machine, kernelRelease);
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id)
        .orElseThrow(() -> new IllegalArgumentException("no model is called " + id));
  }
}
