package org.sysretreplay.analytics.cli;

import picocli.CommandLine.Option;

/** The option that asks what the terms of a text mean. */
final class TermsOption {

  private static final String NAME = "--explain-terms";

  @Option(names = NAME, description = "Say in the text what its numbers, checks and causes mean.")
  private boolean explained;

  /**
   * Finds out now, before any work, that there is no text to say it in.
   *
   * @throws UsageException where there is none
   */
  void prepare(boolean text) {
    if (explained && !text) {
      throw new UsageException(
          "%s: this format has no explanations; take them from text.".formatted(NAME));
    }
  }

  boolean areExplained() {
    return explained;
  }
}
