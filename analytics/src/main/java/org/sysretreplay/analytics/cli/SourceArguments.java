package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sources on a command line, with the options on how to read them. */
final class SourceArguments {

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "A store, a trace file, a folder of either, or - for standard input.")
  private List<String> sources;

  @Mixin private InputOptions options = new InputOptions();

  /** Finds the traces and stores of all sources, and tells the user what cannot be read. */
  Sources find(EngineOptions work, Messages messages) {
    return Sources.find(
        work.located(sources),
        options.workload(),
        options.format(),
        options.bounds(),
        messages,
        work.quiet());
  }

  /**
   * The source as the user named it, if it is the only one and a later command can read it again.
   */
  Optional<String> one() {
    return sources.size() == 1 && !sources.get(0).equals(StandardOutput.NAME.toString())
        ? Optional.of(sources.get(0))
        : Optional.empty();
  }

  /** All sources as the user named them. */
  List<String> all() {
    return List.copyOf(sources);
  }
}
