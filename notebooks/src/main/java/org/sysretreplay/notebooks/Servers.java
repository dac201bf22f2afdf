package org.sysretreplay.notebooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** What the servers of notebooks have in common. */
public final class Servers {

  private Servers() {}

  /** The folder that this was built in; the notebooks lie beside it. */
  public static Path target() {
    try {
      return Path.of(Servers.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a server, and returns its exit code once it has ended; it ends with this JVM. */
  public static int waitFor(ProcessBuilder server) {
    try {
      Process process = server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}
