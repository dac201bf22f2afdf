package org.sysretreplay.ingest.trace;

import java.io.IOException;

/** Thrown if more comes out of a file than its {@link Bounds} allow. */
public final class TooMuchException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * An excess over the bounds.
   *
   * @param message what is too much, without a full stop
   * @param remedy how to allow it, without a full stop
   */
  TooMuchException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** How to allow it, without a full stop. */
  public String remedy() {
    return remedy;
  }
}
