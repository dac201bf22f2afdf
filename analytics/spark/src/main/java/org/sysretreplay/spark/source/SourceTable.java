package org.sysretreplay.spark.source;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code option("table", ...)}. */
public enum SourceTable {
  FRAMES,
  REJECTS,
  TRACES;

  /** All names, for a message. */
  static final String KEYS =
      Stream.of(values()).map(SourceTable::key).collect(Collectors.joining(", "));

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SourceTable> ofKey(String key) {
    return Stream.of(values()).filter(it -> it.key().equalsIgnoreCase(key)).findFirst();
  }
}
