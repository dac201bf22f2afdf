package org.sysretreplay.analytics.listing;

import java.util.Locale;

/** How frames are listed. */
public enum ListFormat {
  /** Some lines for each frame, for people. */
  TEXT,
  /** One JSON object a line. */
  JSONL,
  /** One row a frame, the names of the columns in the first. */
  CSV,
  /** A folder with a Parquet file. */
  PARQUET;

  /** What the names of its files end in. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
