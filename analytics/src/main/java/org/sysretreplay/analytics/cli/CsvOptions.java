package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.report.CsvCells;
import picocli.CommandLine.Option;

/** The option on how names are written in CSV. */
final class CsvOptions {

  @Option(
      names = "--exact-cells",
      description =
          "In CSV, leave names as they are that a spreadsheet would run as a formula; else a ' stands"
              + " before their =, +, - or @.")
  private boolean exact;

  CsvCells cells() {
    return exact ? CsvCells.EXACT : CsvCells.FOR_SPREADSHEETS;
  }
}
