package org.sysretreplay.ingest.trace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Thrown if an output cannot be written. The message is one sentence with the place, what is wrong,
 * and what to do about it.
 */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the JDK puts between a file and the reason. */
  private static final String BEHIND_FILE = ": ";

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
    return of(target, "it cannot be written (" + why(target, cause) + ")", remedy, cause);
  }

  /** The error for temporary files that the operating system will not let us write. */
  static OutputException unwritableTemporary(String folder, IOException cause) {
    return of(
        folder,
        "temporary files cannot be written there (" + why(cause) + ")",
        "make room, or let TMPDIR name another folder",
        cause);
  }

  /**
   * Whether room would help. Recognised by the operating system's words: there is no other sign.
   */
  public static boolean isDiskFull(Exception cause) {
    return why(cause).contains("No space left on device")
        || why(cause).contains("Disk quota exceeded");
  }

  /**
   * The message of an error, or its class if it has none. Some errors of the JDK have only the file
   * as their message, and their class is the reason.
   */
  public static String why(Exception cause) {
    if (cause.getMessage() == null) {
      return cause.getClass().getSimpleName();
    }
    if (cause instanceof FileSystemException of && of.getReason() == null) {
      return of.getMessage() + reason(of);
    }
    return cause.getMessage();
  }

  /** The same where a sentence has named the file already. */
  public static String why(String file, Exception cause) {
    String why = why(cause);
    if (why.startsWith(file + BEHIND_FILE)) {
      return why.substring(file.length() + BEHIND_FILE.length());
    }
    // As the JDK's older classes for files write it.
    return why.startsWith(file + " (") && why.endsWith(")")
        ? why.substring(file.length() + 2, why.length() - 1)
        : why;
  }

  private static String reason(FileSystemException cause) {
    if (cause instanceof NoSuchFileException) {
      return BEHIND_FILE + "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return BEHIND_FILE + "permission denied";
    }
    return "";
  }
}
