package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.TraceFormat;
import picocli.CommandLine.Option;

/** The options that say how inputs are taken. */
final class InputOptions {

  /** The format that is found out by a file's first bytes. */
  static final String AUTO = "auto";

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      description =
          "Count everything under this name (default: each file's own name, or its folder's where the"
              + " file is only called perf.data).")
  private String workload;

  Optional<String> workload() {
    return Optional.ofNullable(workload).filter(name -> !name.isBlank());
  }

  /** The format of that name on the command line; nothing for {@code auto}. */
  static Optional<TraceFormat> format(String id) {
    if (id.equals(AUTO)) {
      return Optional.empty();
    }
    Optional<TraceFormat> format = TraceFormat.byId(id);
    if (format.isEmpty()) {
      throw new UsageException(
          "--format %s: there is no such format; choose from auto, %s."
              .formatted(
                  id,
                  Stream.of(TraceFormat.values())
                      .map(TraceFormat::id)
                      .collect(Collectors.joining(", "))));
    }
    return format;
  }
}
