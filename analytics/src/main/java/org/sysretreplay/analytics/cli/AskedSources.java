package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sources of a question about traces and stores, and how they are taken. */
final class AskedSources {

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "A store, a trace file, a folder of either, or - for standard input.")
  private List<String> sources;

  @Mixin private InputOptions options = new InputOptions();

  /** Looks at all of them, and tells the user about what cannot be read. */
  Sources find(EngineOptions work, Messages messages) {
    return Sources.find(
        work.located(sources),
        options.workload(),
        options.format(),
        options.bounds(),
        messages,
        work.quiet());
  }

  /** The one source that a later command can read again, as it was named. */
  Optional<String> one() {
    return sources.size() == 1 && !sources.get(0).equals(StandardOutput.NAME.toString())
        ? Optional.of(sources.get(0))
        : Optional.empty();
  }

  /** All of them, as they were named. */
  List<String> all() {
    return List.copyOf(sources);
  }
}
