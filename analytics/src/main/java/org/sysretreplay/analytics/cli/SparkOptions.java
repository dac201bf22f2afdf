package org.sysretreplay.analytics.cli;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.ingest.spark.SparkSessions;
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

  boolean quiet() {
    return quiet;
  }

  boolean showsProgress(Terminal terminal) {
    return !quiet && (progress || terminal.interactive());
  }

  /**
   * The Spark session.
   *
   * @throws UsageException where there is no Spark at that master
   */
  SparkSession session() {
    try {
      return SparkSessions.get(master);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      if (List.of(SparkException.class, IllegalArgumentException.class).stream()
          .anyMatch(type -> type.isInstance(e))) {
        throw new UsageException(
            "--master %s: Spark cannot use it (%s); give local[*] or spark://HOST:PORT."
                .formatted(master, e.getMessage()),
            e);
      }
      throw e;
    }
  }
}
