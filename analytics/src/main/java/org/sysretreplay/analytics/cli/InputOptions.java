package org.sysretreplay.analytics.cli;

import java.util.Optional;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Bounds;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options on how to read inputs. */
final class InputOptions {

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

  @Mixin private InputFormat inputFormat = new InputFormat();

  /** How much data an input may expand to. */
  Bounds bounds() {
    return inputFormat.bounds();
  }

  /** The format asked for; empty if it is to be detected from a file's first bytes. */
  Optional<TraceFormat> format() {
    return inputFormat.format();
  }
}
