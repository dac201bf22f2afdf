package org.sysretreplay.analytics.cli;

/** A command line that cannot be carried out; the message is a sentence with the remedy. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  UsageException(String message) {
    this(message, null);
  }
}
