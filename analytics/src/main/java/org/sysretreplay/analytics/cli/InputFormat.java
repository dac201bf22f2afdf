package org.sysretreplay.analytics.cli;

import java.util.Optional;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.OptionName;
import org.sysretreplay.ingest.source.TraceFormat;
import picocli.CommandLine.Option;

/** The option that says in which format inputs are. */
final class InputFormat {

  /** The format that is found out by a file's first lines. */
  static final String AUTO = Formats.AUTO;

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

  /**
   * The format that is asked for; nothing for {@value #AUTO}.
   *
   * @throws org.sysretreplay.analytics.choice.ChoiceException where there is none
   */
  Optional<TraceFormat> format() {
    return Formats.of(OptionName.INPUT_FORMAT, id);
  }
}
