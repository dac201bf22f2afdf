package org.sysretreplay.notebooks.cells;

import java.util.regex.Pattern;

/** A cell cannot be compiled, or it throws. The message has the line and the reason. */
public final class CellException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The lines of a stack trace, which Spark puts into the messages of its exceptions. */
  private static final Pattern OF_A_TRACE =
      Pattern.compile(
          "\\R(\\s+at .*\\)|\\s*\\.\\.\\. \\d+ more|Driver stacktrace:|Caused by: .*)(?=\\R|$)");

  CellException(String message) {
    super(message, null, false, false);
  }

  /** An exception's message without the stack traces that may be in it. */
  public static String words(String message) {
    return OF_A_TRACE.matcher(message).replaceAll("").strip();
  }
}
