package org.sysretreplay.spark;

/**
 * A question that cannot be answered, or an output that cannot be written. The message is one
 * sentence with the place, what is wrong, and what to do about it; that is all that a notebook
 * shows, since neither a stack trace nor a cause would tell its reader more. Both are logged, at
 * the level DEBUG, by the logger of this class's name.
 */
public final class SysretReplayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SysretReplayException(String sentence) {
    super(sentence, null, false, false);
  }
}
