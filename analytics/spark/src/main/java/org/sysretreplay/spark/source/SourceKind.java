package org.sysretreplay.spark.source;

/** What the data sources read. */
enum SourceKind {
  PERF("perf"),
  STORE("sysret-store");

  private final String format;

  SourceKind(String format) {
    this.format = format;
  }

  /** The name behind {@code format}. */
  String format() {
    return format;
  }
}
