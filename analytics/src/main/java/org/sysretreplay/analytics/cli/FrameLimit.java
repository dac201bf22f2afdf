package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.listing.ListFormat;
import org.sysretreplay.analytics.listing.ListQuestion;
import picocli.CommandLine.Option;

/** The option on how many frames to list. */
final class FrameLimit {

  private static final String ALL = "all";

  /** The default for text: about two screens. */
  private static final long OF_TEXT = 20;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "List the first N of them, or \"all\"; how many there are is told in any case (default: "
              + OF_TEXT
              + " for text, else all).")
  private String limit;

  /**
   * Checks the option's value.
   *
   * @throws UsageException if it is neither a number nor "all"
   */
  void check() {
    of(ListFormat.TEXT);
  }

  /** How many frames to list at most in this format. */
  long of(ListFormat format) {
    if (limit == null) {
      return format == ListFormat.TEXT ? OF_TEXT : ListQuestion.UNLIMITED;
    }
    if (limit.equals(ALL)) {
      return ListQuestion.UNLIMITED;
    }
    if (!limit.matches("\\d{1,18}")) {
      throw new UsageException(
          "--limit %s: give a number from 0 on, or \"%s\".".formatted(limit, ALL));
    }
    return Long.parseLong(limit);
  }
}
