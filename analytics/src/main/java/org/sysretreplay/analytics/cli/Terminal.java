package org.sysretreplay.analytics.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What the program writes to.
 *
 * @param unicode whether block characters show
 * @param interactive whether standard error is a terminal, where progress may be drawn
 */
public record Terminal(boolean unicode, boolean interactive) {

  /** Set to true by the launcher where standard error is a terminal: Java cannot tell. */
  private static final String INTERACTIVE = "sysret-replay.interactive";

  /** What the environment and the launcher say. */
  static Terminal ofThisProcess() {
    boolean unicode =
        Charset.forName(System.getProperty("native.encoding", "US-ASCII"))
            .equals(StandardCharsets.UTF_8);
    return new Terminal(unicode, Boolean.getBoolean(INTERACTIVE));
  }
}
