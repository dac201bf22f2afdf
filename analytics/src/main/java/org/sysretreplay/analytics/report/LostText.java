package org.sysretreplay.analytics.report;

import org.sysretreplay.ingest.trace.Counts;

/** What to know of exits that a recorder lost. */
public final class LostText {

  /** What prevents it, by how the exits were recorded. */
  private static final String BUFFERS =
      "record with larger buffers (perf record -m 4096, ftrace's buffer_size_kb or trace-cmd record"
          + " -b) or fewer events";

  private static final String ROOM =
      "count with more room (record --counts --keys), or where perf recorded with larger buffers"
          + " (perf record -m 4096)";

  /** What follows where whole rows of exits that are alike are missing. */
  public static final String ALL_WRONG = "counts and shares are both wrong";

  private LostText() {}

  /** What was lost and what to do, as a sentence that begins with a small letter. */
  public static String sentence(Counts counts) {
    return "the recorder lost %s, so %s; %s."
        .formatted(what(counts), effect("every count is too low", counts), remedy(counts));
  }

  /**
   * What follows for the figures, as part of a sentence. Where the recorder counted, exits that it
   * had no room for are those of whole rows, so that shares are wrong as well.
   *
   * @param ofSamples what follows where the recorder lost single samples
   */
  static String effect(String ofSamples, Counts counts) {
    return counts.isCounted() ? ALL_WRONG : ofSamples;
  }

  /** What prevents it, as part of a sentence. */
  static String remedy(Counts counts) {
    return counts.isCounted() ? ROOM : BUFFERS;
  }

  /** How many of what, as in {@code 12 samples}. */
  static String what(Counts counts) {
    return "%s %s"
        .formatted(TextTable.number(counts.lost()), counts.isCounted() ? "exits" : "samples");
  }
}
