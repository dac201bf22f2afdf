package org.sysretreplay.analytics.cli;

import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * Libraries that are not in Java: they are unpacked into the folder for temporary files, and where
 * they cannot be the JVM throws an error when the first class of theirs is used.
 */
final class NativeLibraries {

  private NativeLibraries() {}

  /** Whether an error says that one is missing. */
  static boolean areMissingFor(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError && isNative(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNative(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return error instanceof UnsatisfiedLinkError
        || message.contains("zstd")
        || message.contains("snappy");
  }

  /** One sentence with the place and the remedy. */
  static String complaint(Throwable error) {
    Throwable first = error;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return "%s: a library cannot be unpacked there or used from there (%s); make room, or let TMPDIR name another folder."
        .formatted(
            TemporaryFiles.place(),
            String.valueOf(first.getMessage()).lines().findFirst().orElse(""));
  }
}
