package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.TraceFormat;

/** Parses the trace format that a user names. */
public final class Formats {

  /** Stands for a format that is detected from a file's first bytes. */
  public static final String AUTO = "auto";

  /** All names that are accepted. */
  public static final List<String> IDS =
      Stream.concat(Stream.of(AUTO), Stream.of(TraceFormat.values()).map(TraceFormat::id)).toList();

  private Formats() {}

  /**
   * The format with this name; empty for {@value #AUTO}.
   *
   * @param option the option that it was given with, for the message
   * @throws ChoiceException if there is no such format
   */
  public static Optional<TraceFormat> of(OptionName option, String id) {
    if (id.equals(AUTO)) {
      return Optional.empty();
    }
    return Optional.of(TraceFormat.byId(id).orElseThrow(() -> unknown(option, id)));
  }

  private static ChoiceException unknown(OptionName option, String id) {
    return ChoiceException.of(
        "%s %s: there is no such format%s; choose from %s.",
        option, id, Nearest.perhaps(id, IDS), String.join(", ", IDS));
  }
}
