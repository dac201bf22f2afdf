package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.TraceFormat;

/** The format that somebody names to read files in. */
public final class Formats {

  /** The format that is found out by a file's first bytes. */
  public static final String AUTO = "auto";

  /** What can be named. */
  public static final List<String> IDS =
      Stream.concat(Stream.of(AUTO), Stream.of(TraceFormat.values()).map(TraceFormat::id)).toList();

  private Formats() {}

  /**
   * The format of that name; nothing for {@value #AUTO}.
   *
   * @param option by which it was asked for
   * @throws ChoiceException where there is none
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
