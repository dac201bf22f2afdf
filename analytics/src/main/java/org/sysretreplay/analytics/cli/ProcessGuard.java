package org.sysretreplay.analytics.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A shell at the end of a pipe that only this process holds. It has what records end, in order,
 * where this process is killed and can do nothing more, and sends the signal that Java cannot.
 *
 * <p>The kernel's own means for the first (PR_SET_PDEATHSIG) is lost where perf has capabilities of
 * its own, as setcap gives them.
 */
final class ProcessGuard implements Closeable {

  /** Ctrl-C and the end of a terminal are for what records and for this process. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      while read -r told; do
        case $told in
          ended) exit ;;
          switch) kill -USR2 "$0" ;;
        esac
      done
      kill -TERM "$0"
      kill -CONT "$0"
      """;

  private static final int SIGUSR2 = 12;

  private final Process process;
  private final Process shell;
  private final Path root;

  private ProcessGuard(Process process, Process shell, Path root) {
    this.process = process;
    this.shell = shell;
    this.root = root;
  }

  /**
   * Looks after a process from now on.
   *
   * @param root the folder that holds {@code proc}
   * @throws UsageException where there is no shell
   */
  static ProcessGuard of(Process process, Path root) {
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, Long.toString(process.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ProcessGuard(process, Programs.start(shell), root);
  }

  /** Has perf end its piece and begin the next one, unless it is not ready for that yet. */
  void switchPiece() {
    // The signal ends a process that has not said yet what it does at it.
    if (ProcessStatus.of(process.pid(), root).catches(SIGUSR2)) {
      tell("switch");
    }
  }

  /** The process has ended, and its number may be another's. */
  @Override
  public void close() {
    tell("ended");
  }

  private synchronized void tell(String word) {
    try {
      OutputStream pipe = shell.getOutputStream();
      pipe.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      // It has ended; where somebody has killed it, it kills nobody.
    }
  }
}
