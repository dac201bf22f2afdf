package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Shows the help of a command; without one, what commands there are.",
    mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      completionCandidates = Names.Commands.class,
      description = "The command whose help is wanted, as in: sysret-replay help report")
  private String name;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    if (name == null) {
      root.usage(root.getOut());
      return ExitCode.OK;
    }
    Optional.ofNullable(root.getSubcommands().get(name))
        .orElseThrow(() -> new UsageException(UsageErrors.noSuchCommand(name)))
        .usage(root.getOut());
    return ExitCode.OK;
  }
}
