package org.sysretreplay.notebooks.cells;

import java.util.regex.Pattern;

/** A cell that cannot be compiled, or that throws. The message says in which line, and why. */
public final class CellException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Lines of a stack trace, which Spark puts into the messages of its exceptions. */
  private static final Pattern OF_A_TRACE =
      Pattern.compile(
          "\\R(\\s+at .*\\)|\\s*\\.\\.\\. \\d+ more|Driver stacktrace:|Caused by: .*)(?=\\R|$)");

  CellException(String message) {
    super(message, null, false, false);
  }

  /** The words of an exception's message, without the stack traces that may stand in it. */
  public static String words(String message) {
    return OF_A_TRACE.matcher(message).replaceAll("").strip();
  }
}
