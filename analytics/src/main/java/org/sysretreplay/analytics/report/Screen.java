package org.sysretreplay.analytics.report;

/**
 * The screen that a text is written for.
 *
 * @param width the columns of a line; raised to {@link #NARROWEST} if it is less
 * @param unicode whether block characters show
 * @param colour whether colours and bold letters show
 */
public record Screen(int width, boolean unicode, boolean colour) {

  /** The width for files and pipes, and for terminals that do not tell theirs. */
  public static final int USUAL_WIDTH = 80;

  /** Hardly any table fits a narrower screen. */
  public static final int NARROWEST = 60;

  public Screen {
    width = Math.max(NARROWEST, width);
  }

  /** A file or a pipe: 80 columns, without colours. */
  public static Screen plain(boolean unicode) {
    return new Screen(USUAL_WIDTH, unicode, false);
  }
}
