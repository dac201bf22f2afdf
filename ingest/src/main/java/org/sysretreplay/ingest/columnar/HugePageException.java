package org.sysretreplay.ingest.columnar;

import java.io.IOException;

/** A page of which more would come out than anybody packs into so few bytes. */
public final class HugePageException extends IOException {

  private static final long serialVersionUID = 1L;

  HugePageException(String message) {
    super(message);
  }

  /** The first such failure among the causes of a failure; null where there is none. */
  public static HugePageException in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HugePageException huge) {
        return huge;
      }
    }
    return null;
  }
}
