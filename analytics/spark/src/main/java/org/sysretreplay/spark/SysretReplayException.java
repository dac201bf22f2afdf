package org.sysretreplay.spark;

/**
 * A question that cannot be answered, or an output that cannot be written. The message is one
 * sentence with the place, what is wrong, and what to do about it. There is no stack trace and no
 * cause, so that a notebook shows only this sentence; both are logged at the level DEBUG by the
 * logger with this class's name.
 */
public final class SysretReplayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SysretReplayException(String sentence) {
    super(sentence, null, false, false);
  }
}
