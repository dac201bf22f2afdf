package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
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

  ExitModel model() {
    return model(modelId);
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id)
        .orElseThrow(() -> new IllegalArgumentException("no model is called " + id));
  }
}
