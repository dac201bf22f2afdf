package org.sysretreplay.analytics.cli;

import java.util.concurrent.Callable;
import org.sysretreplay.analytics.report.ModelText;
import org.sysretreplay.emulator.ExitModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    description =
        "Lists the exit models, or describes one: routes, checks, and where it is known from.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "The model to describe.")
  private String id;

  @Override
  public Integer call() {
    String text =
        id == null ? ModelText.list(ExitModels.all()) : ModelText.describe(ModelArgument.model(id));
    spec.commandLine().getOut().print(text);
    return ExitCode.OK;
  }
}
