package org.sysretreplay.analytics.cli;

import picocli.CommandLine.Option;

/** The option that asks for an explanation of the terms in a text. */
final class TermsOption {

  private static final String NAME = "--explain-terms";

  @Option(names = NAME, description = "Say in the text what its numbers, checks and causes mean.")
  private boolean explained;

  /**
   * Checks the option before any work is done.
   *
   * @param text whether the output is text
   * @throws UsageException if the option is given and it is not
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
