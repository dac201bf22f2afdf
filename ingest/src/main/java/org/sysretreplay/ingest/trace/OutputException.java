package org.sysretreplay.ingest.trace;

/**
 * An output that cannot be written. The message is one sentence with the place, what is wrong, and
 * what to do about it.
 */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The error of one output.
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

  /** The error of a target that the operating system will not let us write. */
  public static OutputException unwritable(String target, Exception cause) {
    return of(
        target,
        "it cannot be written (" + why(cause) + ")",
        "name a place that you may write to",
        cause);
  }

  /** What an error says, or is called where it says nothing. */
  public static String why(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
