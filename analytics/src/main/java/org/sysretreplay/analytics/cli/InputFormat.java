package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.TraceFormat;
import picocli.CommandLine.Option;

/** The option that says in which format inputs are. */
final class InputFormat {

  /** The format that is found out by a file's first lines. */
  static final String AUTO = "auto";

  private static final String NAME = "--input-format";

  @Option(
      names = NAME,
      paramLabel = "FORMAT",
      defaultValue = AUTO,
      completionCandidates = Names.TraceFormats.class,
      description =
          "Read every file as ${COMPLETION-CANDIDATES}, whatever its name and its first lines are"
              + " (default: ${DEFAULT-VALUE}).")
  private String id = AUTO;

  /** The format that is asked for; nothing for {@code auto}. */
  Optional<TraceFormat> format() {
    return of(NAME, id);
  }

  /**
   * The format of that name; nothing for {@code auto}.
   *
   * @param option the option as it is written
   * @throws UsageException where there is none
   */
  static Optional<TraceFormat> of(String option, String id) {
    if (id.equals(AUTO)) {
      return Optional.empty();
    }
    Optional<TraceFormat> format = TraceFormat.byId(id);
    if (format.isEmpty()) {
      throw new UsageException(
          "%s %s: there is no such format; choose from auto, %s."
              .formatted(
                  option,
                  id,
                  Stream.of(TraceFormat.values())
                      .map(TraceFormat::id)
                      .collect(Collectors.joining(", "))));
    }
    return format;
  }
}
