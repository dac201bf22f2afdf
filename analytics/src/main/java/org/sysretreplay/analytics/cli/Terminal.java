package org.sysretreplay.analytics.cli;

/**
 * What the program writes to. The launcher tells: Java cannot ask.
 *
 * @param unicode whether block characters show
 * @param interactive whether standard error is a terminal, where progress may be drawn
 * @param shown whether standard output is a terminal, so that somebody sees what is written
 */
public record Terminal(boolean unicode, boolean interactive, boolean shown) {

  private static final String UNICODE = "sysret-replay.unicode";
  private static final String INTERACTIVE = "sysret-replay.interactive";
  private static final String SHOWN = "sysret-replay.shown";

  /** A terminal of which only the first two are known; nobody sees standard output. */
  public Terminal(boolean unicode, boolean interactive) {
    this(unicode, interactive, false);
  }

  /** What the launcher says; the least where there was none. */
  static Terminal ofThisProcess() {
    return new Terminal(
        Boolean.getBoolean(UNICODE), Boolean.getBoolean(INTERACTIVE), Boolean.getBoolean(SHOWN));
  }
}
