package org.sysretreplay.analytics.report;

/**
 * What a text is read on.
 *
 * @param width how many columns a line has; at least {@link #NARROWEST}
 * @param unicode whether block characters show
 * @param colour whether colours and bold letters show
 */
public record Screen(int width, boolean unicode, boolean colour) {

  /** Of a file, a pipe, and a terminal that does not say. */
  public static final int USUAL_WIDTH = 80;

  /** On narrower ones hardly any table fits. */
  public static final int NARROWEST = 60;

  public Screen {
    width = Math.max(NARROWEST, width);
  }

  /** A file or a pipe: 80 columns in one colour. */
  public static Screen plain(boolean unicode) {
    return new Screen(USUAL_WIDTH, unicode, false);
  }
}
