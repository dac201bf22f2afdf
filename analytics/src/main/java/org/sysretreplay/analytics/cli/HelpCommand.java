package org.sysretreplay.analytics.cli;

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

  private final Output out;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      completionCandidates = Names.Commands.class,
      description = "The command whose help is wanted, as in: sysret-replay help report")
  private String name;

  HelpCommand(Output out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    CommandLine asked = name == null ? root : root.getSubcommands().get(name);
    if (asked == null) {
      throw new UsageException(UsageErrors.noSuchCommand(name));
    }
    out.page(asked.getUsageMessage());
    return ExitCode.OK;
  }
}
