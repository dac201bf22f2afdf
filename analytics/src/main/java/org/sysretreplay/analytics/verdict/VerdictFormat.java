package org.sysretreplay.analytics.verdict;

import java.util.Locale;

/** How verdicts are written. */
public enum VerdictFormat {
  /** A folder of Parquet files. */
  PARQUET,
  /** One file, one JSON object a line. */
  JSONL;

  /** What the names of its files end in. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
