package org.sysretreplay.ingest.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes temporary copies that are no larger than {@link Bounds} allow. */
public final class TempCopy {

  private TempCopy() {}

  /**
   * Copies all bytes into a temporary file, which the caller deletes. Leaves no file if that fails.
   *
   * @throws TooMuchException if there are more than one trace may put there
   * @throws OutputException if there is no room for them
   */
  public static Path of(InputStream from, String suffix, Bounds bounds) throws IOException {
    Path copy = TemporaryFiles.newFile(suffix);
    long most = bounds.temporary();
    try (OutputStream out = TemporaryFiles.write(copy)) {
      new BoundedInput(from, bytes -> check(bytes, most)).transferTo(out);
      return copy;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private static void check(long bytes, long most) throws TooMuchException {
    if (bytes > most) {
      throw new TooMuchException(
          "more than %,d bytes would go into the folder for temporary files, %s"
              .formatted(most, System.getProperty("java.io.tmpdir")),
          "make room there, or allow more with --max-temp");
    }
  }
}
