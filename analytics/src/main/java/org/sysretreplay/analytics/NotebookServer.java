package org.sysretreplay.analytics;

import java.util.List;
import java.util.function.Consumer;

/** Starts notebooks that know us; found as a service, so that nothing here knows how. */
public interface NotebookServer {

  /** What the command line calls it. */
  String name();

  /**
   * Starts the server and waits until it ends.
   *
   * @param arguments that the server gets besides its own
   * @param say is told in sentences what is written where
   * @return the server's exit code
   * @throws MissingException where there is no such server on this machine
   */
  int run(List<String> arguments, Consumer<String> say);

  /** The server is not installed; the message is one sentence with the remedy. */
  final class MissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingException(String sentence) {
      super(sentence);
    }
  }
}
