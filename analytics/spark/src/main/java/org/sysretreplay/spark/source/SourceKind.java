package org.sysretreplay.spark.source;

/** The two data sources. */
enum SourceKind {
  PERF("perf"),
  STORE("sysret-store");

  private final String format;

  SourceKind(String format) {
    this.format = format;
  }

  /** The name in {@code format(...)}. */
  String format() {
    return format;
  }
}
