package org.sysretreplay.analytics;

/** There are no workers, or they stopped; the message is one sentence with the remedy. */
public final class WorkersException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WorkersException(String message, Throwable cause) {
    super(message, cause);
  }
}
