package org.sysretreplay.ingest.files;

import java.io.IOException;

/**
 * Thrown for a location for whose scheme no file system is on the class path; the message says so.
 */
public final class UnknownSchemeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  UnknownSchemeException(String scheme, Throwable cause) {
    super("no file system for " + scheme + ": is on the class path", cause);
    remedy = remedy(scheme);
  }

  private static String remedy(String scheme) {
    return switch (scheme) {
      case "hdfs", "webhdfs", "viewfs" -> "use a command with a --master, whose Spark brings it";
      case "s3a" -> "add " + jars("hadoop-aws");
      case "gs" -> "add " + jars("gcs-connector");
      case "abfs", "abfss", "wasb", "wasbs" -> "add " + jars("hadoop-azure");
      default -> "name a folder, or add the jars of a Hadoop file system for it";
    };
  }

  private static String jars(String library) {
    return library
        + " and what it needs to SYSRET_REPLAY_CLASSPATH, and use a command with a --master";
  }

  /** What to do, without a full stop. */
  public String remedy() {
    return remedy;
  }
}
