package org.sysretreplay.analytics.cli;

import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * Recognizes errors from native libraries. These are unpacked into the folder for temporary files;
 * if that fails, the JVM throws an error when one of their classes is first used.
 */
final class NativeLibraries {

  private NativeLibraries() {}

  /** Whether the error, or a cause of it, says that a native library cannot be loaded. */
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

  /** The error as one sentence with the place and the remedy. */
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
