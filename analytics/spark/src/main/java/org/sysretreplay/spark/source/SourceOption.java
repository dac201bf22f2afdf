package org.sysretreplay.spark.source;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of the data sources; their case does not matter. */
enum SourceOption {
  TABLE("table", true, true),
  FORMAT("format", true, false),
  WORKLOAD("workload", true, false),
  AS_RECORDED("asRecorded", true, true),
  REGISTERS("registers", true, true),
  MODE("mode", true, false),
  MODELS("models", true, true),
  UNTRACED("untraced", true, true),
  LA57("la57", true, true),
  XEN_PV("xenPv", true, true),
  MAX_FILES_PER_TRIGGER("maxFilesPerTrigger", true, false),
  /** The argument of {@code load}, as Spark passes it on. */
  PATH("path", true, true),
  PATHS("paths", true, true);

  private static final Set<SourceOption> OF_LOAD = Set.of(PATH, PATHS);

  private final String key;
  private final boolean ofPerf;
  private final boolean ofStore;

  SourceOption(String key, boolean ofPerf, boolean ofStore) {
    this.key = key;
    this.ofPerf = ofPerf;
    this.ofStore = ofStore;
  }

  String key() {
    return key;
  }

  private boolean isOf(SourceKind kind) {
    return switch (kind) {
      case PERF -> ofPerf;
      case STORE -> ofStore;
    };
  }

  static Optional<SourceOption> of(SourceKind kind, String key) {
    return Stream.of(values())
        .filter(it -> it.isOf(kind) && it.key.equalsIgnoreCase(key))
        .findFirst();
  }

  /** The options that a user can give, for a message. */
  static String keys(SourceKind kind) {
    return Stream.of(values())
        .filter(it -> it.isOf(kind) && !OF_LOAD.contains(it))
        .map(SourceOption::key)
        .collect(Collectors.joining(", "));
  }
}
