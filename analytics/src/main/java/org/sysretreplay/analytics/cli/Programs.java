package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Starts other programs. */
final class Programs {

  /** A shell that ignores the end of its terminal, and becomes what is named. */
  private static final List<String> BEYOND_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\"");

  private Programs() {}

  /**
   * The same command, deaf to the end of the terminal. That tells this process too, which then ends
   * the command in an orderly way.
   */
  static List<String> beyondTerminal(List<String> command) {
    return Stream.concat(BEYOND_TERMINAL.stream(), command.stream()).toList();
  }

  /**
   * Starts a program.
   *
   * @throws UsageException where that cannot be
   */
  static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UsageException(
          "%s: it cannot be run (%s); try it by hand."
              .formatted(builder.command().get(0), e.getMessage()),
          e);
    }
  }
}
