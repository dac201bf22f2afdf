package org.sysretreplay.analytics.cli;

import java.util.stream.Collectors;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;

/** A model named on the command line. */
final class ModelArgument {

  private ModelArgument() {}

  /**
   * The model of that id.
   *
   * @throws UsageException where there is none
   */
  static ExitModel model(String id) {
    return ExitModels.byId(id)
        .orElseThrow(
            () ->
                new UsageException(
                    "--model %s: there is no such model; choose from %s, or see \"sysret-replay models\"."
                        .formatted(
                            id,
                            ExitModels.all().stream()
                                .map(ExitModel::id)
                                .collect(Collectors.joining(", ")))));
  }
}
