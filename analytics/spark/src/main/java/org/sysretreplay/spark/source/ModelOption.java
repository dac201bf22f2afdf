package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.choice.ModelName;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Verdict;

/**
 * A model named by the option {@code models}, whose verdicts become columns.
 *
 * @param name the name in the option
 * @param modelId the id of the model
 */
record ModelOption(String name, String modelId, Machine machine) implements Serializable {

  /** What the option accepts, for a message. */
  static final String NAMES =
      ExitModels.all().stream()
          .map(ExitModel::id)
          .collect(Collectors.joining(", ", "a kernel release as 6.12, or one of ", ""));

  /** The model with this name: a model's id or a kernel's release, and policies behind it. */
  static Optional<ModelOption> of(String name, Machine machine) {
    return ModelName.find(name).map(it -> new ModelOption(name, it.model().id(), it.on(machine)));
  }

  private ExitModel model() {
    return ExitModels.byId(modelId).orElseThrow();
  }

  /** Whether such a kernel runs on the machine. */
  boolean canRun() {
    return ModelName.find(name).filter(it -> it.canRunOn(machine)).isPresent();
  }

  Verdict judge(Exit exit) {
    return model().judge(exit, machine);
  }

  /** The name as part of a column's name, such that SQL needs no quotes. */
  String key() {
    return name.replaceAll("\\W", "_");
  }
}
