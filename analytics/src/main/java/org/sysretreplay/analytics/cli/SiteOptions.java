package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.cli.ReportOutput.Format;
import picocli.CommandLine.Option;

/** The option that asks for the sites that misses return to. */
final class SiteOptions {

  @Option(
      names = "--sites",
      paramLabel = "N",
      description =
          "Show the N places in files that most exits return to which miss, for each workload; reads"
              + " the sources once more. For text and json, of one model.")
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
      if (format == Format.CSV) {
        throw new UsageException("--sites: csv has no place for them; give --format text or json.");
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
