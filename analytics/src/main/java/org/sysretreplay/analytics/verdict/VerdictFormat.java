package org.sysretreplay.analytics.verdict;

import java.util.Locale;

/** The formats of verdicts. */
public enum VerdictFormat {
  /** A folder of Parquet files. */
  PARQUET,
  /** One file, one JSON object a line. */
  JSONL;

  /** The ending of file names, with its dot. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
