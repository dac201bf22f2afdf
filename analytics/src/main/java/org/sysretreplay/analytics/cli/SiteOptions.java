package org.sysretreplay.analytics.cli;

import java.util.Locale;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import picocli.CommandLine.Option;

/** The option that asks for the sites that misses return to. */
final class SiteOptions {

  @Option(
      names = "--sites",
      paramLabel = "N",
      description =
          "For each workload, show the N places that most misses return to; reads the sources once"
              + " more. With text or json, and one model.")
  private String sites;

  /** Whether sites are asked for. */
  boolean areAsked() {
    return sites != null;
  }

  /**
   * Checks the option before any work is done.
   *
   * @throws UsageException if it makes no sense with the others
   */
  void prepare(Format format, boolean isOneModel) {
    if (areAsked()) {
      most();
      if (format != Format.TEXT && format != Format.JSON) {
        throw new UsageException(
            "--sites: %s has no place for them; give --format text or json."
                .formatted(format.name().toLowerCase(Locale.ROOT)));
      }
      if (!isOneModel) {
        throw new UsageException("--sites: several models judge; name one with --model.");
      }
    }
  }

  /** The most sites to show for each workload. */
  int most() {
    if (!sites.matches("[1-9]\\d{0,8}")) {
      throw new UsageException("--sites %s: give a number from 1 on.".formatted(sites));
    }
    return Integer.parseInt(sites);
  }
}
