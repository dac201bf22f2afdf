package org.sysretreplay.analytics.cli;

/**
 * What the program writes to. The launcher tells: Java cannot ask.
 *
 * @param unicode whether block characters show
 * @param interactive whether standard error is a terminal, where progress may be drawn
 */
public record Terminal(boolean unicode, boolean interactive) {

  private static final String UNICODE = "sysret-replay.unicode";
  private static final String INTERACTIVE = "sysret-replay.interactive";

  /** What the launcher says; the least where there was none. */
  static Terminal ofThisProcess() {
    return new Terminal(Boolean.getBoolean(UNICODE), Boolean.getBoolean(INTERACTIVE));
  }
}
