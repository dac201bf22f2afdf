package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.report.CsvCells;
import picocli.CommandLine.Option;

/** The option on how names are written in CSV. */
final class CsvOptions {

  private static final String NAME = "--exact-cells";

  @Option(
      names = NAME,
      description =
          "In CSV, leave names as they are that a spreadsheet would run as a formula; else a ' stands"
              + " before their =, +, - or @.")
  private boolean exact;

  /**
   * Checks the option before any work is done.
   *
   * @param csv whether the output is CSV
   * @throws UsageException if the option is given and it is not
   */
  void prepare(boolean csv) {
    if (exact && !csv) {
      throw new UsageException(
          "%s: only CSV has such cells; give --format csv, or leave it out.".formatted(NAME));
    }
  }

  CsvCells cells() {
    return exact ? CsvCells.EXACT : CsvCells.FOR_SPREADSHEETS;
  }
}
