package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.NotebookServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "notebook",
    description = {
      "Starts Jupyter or Zeppelin with Java cells that have Spark and all of this on their class"
          + " path, in the folder of our notebooks. Begin with first-look. Zeppelin is the one that"
          + " ZEPPELIN_HOME names.",
      ""
    },
    mixinStandardHelpOptions = true)
final class NotebookCommand implements Callable<Integer> {

  private final Messages messages;

  /** The servers that can be started. */
  enum Kind {
    jupyter,
    zeppelin
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVER",
      defaultValue = "jupyter",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Kind kind = Kind.jupyter;

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      description = "Arguments of the server, behind --.")
  private List<String> arguments = List.of();

  @Option(names = "--quiet", description = "Do not say what is written where.")
  private boolean quiet;

  NotebookCommand(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Integer call() {
    NotebookServer server =
        ServiceLoader.load(NotebookServer.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(it -> it.name().equals(kind.name()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        kind + ": notebooks are started by ./sysret-replay of a checkout."));
    try {
      return server.run(arguments, messages.unless(quiet)::note);
    } catch (NotebookServer.MissingException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
