package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;

/**
 * What is asked of every frame: which models judge it, on what machine, and what it is grouped by.
 *
 * @param modelIds ids of {@link ExitModels}, at least one
 */
public record Question(List<String> modelIds, Machine machine, List<GroupColumn> by)
    implements Serializable {

  public Question {
    modelIds = List.copyOf(modelIds);
    by = List.copyOf(by);
    modelIds.forEach(Question::model);
  }

  /** The models, in the order asked for. */
  public List<ExitModel> models() {
    return modelIds.stream().map(Question::model).toList();
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id)
        .orElseThrow(() -> new IllegalArgumentException("no model is called " + id));
  }
}
