package org.sysretreplay.analytics.cli;

import java.io.IOException;

/** Starts other programs. */
final class Programs {

  private Programs() {}

  /**
   * Starts a program.
   *
   * @throws UsageException where that cannot be
   */
  static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UsageException(
          "%s: it cannot be run (%s); install it anew."
              .formatted(builder.command().get(0), e.getMessage()),
          e);
    }
  }
}
