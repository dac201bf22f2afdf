package org.sysretreplay.analytics.cli;

import java.util.OptionalInt;
import org.sysretreplay.analytics.report.Screen;

/**
 * The terminal that the program writes to, as the launcher describes it; Java cannot find this out.
 *
 * @param unicode whether it shows block characters
 * @param interactive whether standard error is a terminal, where progress may be drawn
 * @param shown whether standard output is a terminal
 * @param columns the width of that terminal, if it is known
 * @param colour whether colours show and are wanted
 */
public record Terminal(
    boolean unicode, boolean interactive, boolean shown, OptionalInt columns, boolean colour) {

  private static final String UNICODE = "sysret-replay.unicode";
  private static final String INTERACTIVE = "sysret-replay.interactive";
  private static final String SHOWN = "sysret-replay.shown";
  private static final String COLUMNS = "sysret-replay.columns";
  private static final String COLOUR = "sysret-replay.colour";

  /** A terminal for standard error only; standard output is a file or a pipe. */
  public Terminal(boolean unicode, boolean interactive) {
    this(unicode, interactive, false);
  }

  /** A terminal of unknown width and without colours. */
  public Terminal(boolean unicode, boolean interactive, boolean shown) {
    this(unicode, interactive, shown, OptionalInt.empty(), false);
  }

  /** The terminal as the launcher describes it; without a launcher, one that can do nothing. */
  static Terminal ofThisProcess() {
    int columns = Integer.getInteger(COLUMNS, 0);
    return new Terminal(
        Boolean.getBoolean(UNICODE),
        Boolean.getBoolean(INTERACTIVE),
        Boolean.getBoolean(SHOWN),
        columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty(),
        Boolean.getBoolean(COLOUR));
  }

  /** The screen that a text on standard output is written for. */
  Screen screen() {
    return new Screen(columns.orElse(Screen.USUAL_WIDTH), unicode, colour);
  }
}
