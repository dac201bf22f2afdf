package org.sysretreplay.notebooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Helps to start notebook servers. */
public final class Servers {

  private Servers() {}

  /** The folder that this module was built in; the notebooks are beside it. */
  public static Path target() {
    try {
      return Path.of(Servers.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a server and returns its exit code when it has ended; it is ended with this JVM. */
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
