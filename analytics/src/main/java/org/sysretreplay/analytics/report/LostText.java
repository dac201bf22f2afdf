package org.sysretreplay.analytics.report;

import org.sysretreplay.ingest.trace.Counts;

/** What to know of exits that a recorder lost. */
public final class LostText {

  /** What prevents it, by how the exits were recorded. */
  private static final String BUFFERS =
      "record with larger buffers (perf record -m 4096) or fewer events";

  private static final String ROOM =
      "count with more room (record --counts --keys), or where perf recorded with larger buffers"
          + " (perf record -m 4096)";

  private LostText() {}

  /** What was lost and what to do, as a sentence that begins with a small letter. */
  public static String sentence(Counts counts) {
    return "the recorder lost %s, so every count is too low; %s."
        .formatted(what(counts), remedy(counts));
  }

  /** What prevents it, as part of a sentence. */
  static String remedy(Counts counts) {
    return counts.isCounted() ? ROOM : BUFFERS;
  }

  /** How many of what, as in {@code 12 samples}. */
  static String what(Counts counts) {
    return "%,d %s".formatted(counts.lost(), counts.isCounted() ? "exits" : "samples");
  }
}
