package org.sysretreplay.ingest.trace;

import java.io.IOException;

/**
 * Thrown if an output cannot be written. The message is one sentence with the place, what is wrong,
 * and what to do about it.
 */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * An error of one output.
   *
   * @param target the output as the user named it
   * @param wrong what is wrong, without a full stop
   * @param remedy what to do, without a full stop
   */
  public static OutputException of(String target, String wrong, String remedy) {
    return of(target, wrong, remedy, null);
  }

  /** An error that the operating system reported. */
  public static OutputException of(String target, String wrong, String remedy, Throwable cause) {
    return new OutputException(target + ": " + wrong + "; " + remedy + ".", cause);
  }

  /** The error for a target that the operating system will not let us write. */
  public static OutputException unwritable(String target, Exception cause) {
    String remedy =
        isDiskFull(cause)
            ? "make room there, or name another place"
            : "name a place that you may write to";
    return of(target, "it cannot be written (" + why(cause) + ")", remedy, cause);
  }

  /** The error for temporary files that the operating system will not let us write. */
  static OutputException unwritableTemporary(String folder, IOException cause) {
    return of(
        folder,
        "temporary files cannot be written there (" + why(cause) + ")",
        "make room, or let TMPDIR name another folder",
        cause);
  }

  /** Recognised by the operating system's words: there is no other sign. */
  private static boolean isDiskFull(Exception cause) {
    return why(cause).contains("No space left on device")
        || why(cause).contains("Disk quota exceeded");
  }

  /** The message of an error, or its class if it has none. */
  public static String why(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
