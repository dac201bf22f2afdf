package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small recordings that lie beside the tests. */
final class Cases {

  private Cases() {}

  /** The bytes of {@code NAME.perf.data}. */
  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Cases.class.getResourceAsStream("/perfdata/" + name + ".perf.data")) {
      return in.readAllBytes();
    }
  }

  /** A copy of it in that folder. */
  static Path copy(String name, Path folder) throws IOException {
    return Files.write(folder.resolve(name + ".perf.data"), bytes(name));
  }
}
