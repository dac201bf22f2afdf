package org.sysretreplay.analytics.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Has a recorder that we started end, in order, where this process is killed and can do nothing
 * more: a shell waits for the end of a pipe that only this process holds. The kernel's own means
 * (PR_SET_PDEATHSIG) is lost where perf has capabilities of its own, as setcap gives them.
 */
final class ProcessGuard implements Closeable {

  /** Ctrl-C and the end of a terminal are for perf and for this process. */
  private static final String SCRIPT = "trap '' INT TERM HUP; read -r ended || kill -TERM \"$0\"";

  private final Process shell;

  private ProcessGuard(Process shell) {
    this.shell = shell;
  }

  /**
   * Looks after a process from now on.
   *
   * @throws UsageException where there is no shell
   */
  static ProcessGuard of(Process recorder) {
    try {
      return new ProcessGuard(
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, Long.toString(recorder.pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UsageException(
          "/bin/sh cannot be run (%s), and without it what records would go on where this process is killed."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The process has ended, and its number may be another's. */
  @Override
  public void close() {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.write("ended\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Somebody has killed the shell, which then kills nobody.
    }
  }
}
