package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import org.sysretreplay.analytics.spark.SparkEngine;
import picocli.CommandLine.Option;

/** The options of commands that run on Spark. */
final class SparkOptions {

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description = "Where Spark runs (default: ${DEFAULT-VALUE}).")
  private String master = "local[*]";

  @Option(names = "--quiet", description = "No notes and no progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--progress",
      description = "Show progress on standard error also where it is no terminal.")
  private boolean progress;

  /** The sources as tasks find them: on a cluster these run in folders of their own. */
  List<Path> located(List<Path> sources) {
    return SparkEngine.isLocal(master)
        ? sources
        : sources.stream().map(Path::toAbsolutePath).toList();
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * The Spark to work on.
   *
   * @throws UsageException where there is none at that master
   */
  SparkEngine engine(Terminal terminal) {
    try {
      return SparkEngine.at(master, !quiet && (progress || terminal.interactive()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--master %s: Spark cannot use it (%s); give local[*] or spark://HOST:PORT."
              .formatted(master, e.getMessage()),
          e);
    }
  }
}
