package org.sysretreplay.analytics.cli;

import java.util.OptionalInt;
import org.sysretreplay.analytics.report.Screen;

/**
 * What the program writes to. The launcher tells: Java cannot ask.
 *
 * @param unicode whether block characters show
 * @param interactive whether standard error is a terminal, where progress may be drawn
 * @param shown whether standard output is a terminal, so that somebody sees what is written
 * @param columns how wide that is, where it says
 * @param colour whether it shows colours, and nobody asked it not to
 */
public record Terminal(
    boolean unicode, boolean interactive, boolean shown, OptionalInt columns, boolean colour) {

  private static final String UNICODE = "sysret-replay.unicode";
  private static final String INTERACTIVE = "sysret-replay.interactive";
  private static final String SHOWN = "sysret-replay.shown";
  private static final String COLUMNS = "sysret-replay.columns";
  private static final String COLOUR = "sysret-replay.colour";

  /** A terminal of which only the first two are known; nobody sees standard output. */
  public Terminal(boolean unicode, boolean interactive) {
    this(unicode, interactive, false);
  }

  /** A terminal of which the width is not known, and which has one colour. */
  public Terminal(boolean unicode, boolean interactive, boolean shown) {
    this(unicode, interactive, shown, OptionalInt.empty(), false);
  }

  /** What the launcher says; the least where there was none. */
  static Terminal ofThisProcess() {
    int columns = Integer.getInteger(COLUMNS, 0);
    return new Terminal(
        Boolean.getBoolean(UNICODE),
        Boolean.getBoolean(INTERACTIVE),
        Boolean.getBoolean(SHOWN),
        columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty(),
        Boolean.getBoolean(COLOUR));
  }

  /** What a text on standard output is read on. */
  Screen screen() {
    return new Screen(columns.orElse(Screen.USUAL_WIDTH), unicode, colour);
  }
}
