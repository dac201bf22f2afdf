package org.sysretreplay.ingest.columnar;

import java.io.IOException;

/** Thrown for a page that claims to hold far more than its bytes can. */
public final class OversizedPageException extends IOException {

  private static final long serialVersionUID = 1L;

  OversizedPageException(String message) {
    super(message);
  }

  /** The first such exception among a failure and its causes; null if there is none. */
  public static OversizedPageException in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OversizedPageException huge) {
        return huge;
      }
    }
    return null;
  }
}
