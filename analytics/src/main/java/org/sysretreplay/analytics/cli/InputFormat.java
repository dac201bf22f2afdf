package org.sysretreplay.analytics.cli;

import java.util.Optional;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.OptionName;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Bounds;
import picocli.CommandLine.Option;

/** The options on the format of inputs, and on how much data an input may expand to. */
final class InputFormat {

  /** Stands for a format that is detected from a file's first bytes. */
  static final String AUTO = Formats.AUTO;

  private static final String NAME = "--input-format";

  @Option(
      names = NAME,
      paramLabel = "TRACE-FORMAT",
      defaultValue = AUTO,
      completionCandidates = Names.TraceFormats.class,
      description =
          "Read every file as ${COMPLETION-CANDIDATES}, whatever its name and its first lines are"
              + " (default: ${DEFAULT-VALUE}).")
  private String id = AUTO;

  @Option(
      names = "--max-ratio",
      paramLabel = "N",
      defaultValue = "" + Bounds.RATIO,
      description =
          "Of a packed file take no more than N times its size, beyond 256 MiB (default:"
              + " ${DEFAULT-VALUE}).")
  private long ratio = Bounds.RATIO;

  @Option(
      names = "--max-temp",
      paramLabel = "BYTES",
      description =
          "Of one input put no more into the folder for temporary files (default: half of what is free"
              + " there, or 256 MiB where that is more).")
  private Long tempBytes;

  @Option(
      names = "--max-rejects",
      paramLabel = "N",
      defaultValue = "" + Bounds.REJECTS,
      description =
          "Keep the first N rejects of a trace, and count the others (default: ${DEFAULT-VALUE}).")
  private long rejects = Bounds.REJECTS;

  /**
   * How much data an input may expand to.
   *
   * @throws UsageException if a number is out of range
   */
  Bounds bounds() {
    check("--max-ratio", ratio, 1);
    check("--max-temp", tempBytes == null ? 1 : tempBytes, 1);
    check("--max-rejects", rejects, 0);
    return new Bounds(ratio, tempBytes == null ? 0 : tempBytes, rejects);
  }

  private static void check(String option, long value, long least) {
    if (value < least) {
      throw new UsageException("%s %d: give a number from %d on.".formatted(option, value, least));
    }
  }

  /**
   * The format asked for; empty for {@value #AUTO}.
   *
   * @throws org.sysretreplay.analytics.choice.ChoiceException if there is no such format
   */
  Optional<TraceFormat> format() {
    return Formats.of(OptionName.INPUT_FORMAT, id);
  }
}
