package org.sysretreplay.analytics;

import java.util.List;
import java.util.function.Consumer;

/**
 * Starts a notebook server that has this program at hand. Implementations are found with {@link
 * java.util.ServiceLoader}.
 */
public interface NotebookServer {

  /** The server's name on the command line. */
  String name();

  /**
   * Starts the server and waits until it ends.
   *
   * @param arguments the user's own arguments for the server
   * @param say receives sentences for the user, on which files are written where
   * @return the server's exit code
   * @throws MissingException if the server is not installed on this machine
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
