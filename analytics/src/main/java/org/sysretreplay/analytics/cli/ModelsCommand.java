package org.sysretreplay.analytics.cli;

import java.util.concurrent.Callable;
import org.sysretreplay.analytics.choice.ModelName;
import org.sysretreplay.analytics.report.ModelText;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    description =
        "Lists the exit models, or describes one: routes, checks, and where it is known from.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {

  private final Output out;
  private final Messages messages;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      completionCandidates = Names.Models.class,
      description = "The model to describe, or the release of a kernel, such as 6.12.")
  private String id;

  ModelsCommand(Output out, Messages messages) {
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    String text = id == null ? ModelText.list(ExitModels.all()) : ModelText.describe(named());
    out.page(text);
    return ExitCode.OK;
  }

  private ExitModel named() {
    ModelName name = ModelName.parseArgument(id);
    messages.notes(name.notes());
    return name.model();
  }
}
