package org.sysretreplay.analytics.listing;

import java.util.Locale;

/** The formats of a list of frames. */
public enum ListFormat {
  /** Some lines for each frame, for people. */
  TEXT,
  /** One JSON object a line. */
  JSONL,
  /** One row a frame; the first row has the names of the columns. */
  CSV,
  /** A folder with a Parquet file. */
  PARQUET;

  /** The ending of file names, with its dot. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
