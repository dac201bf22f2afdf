package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * Standard output in place of a file. Nothing is printed before everything was written: what cannot
 * be read prints nothing.
 */
final class PrintedFile {

  private PrintedFile() {}

  /**
   * Has a temporary file written, and prints it.
   *
   * @param ending of its name
   * @param write writes it
   * @return what that comes to
   */
  static <A> A print(String ending, Function<Path, A> write, Output out) {
    try {
      Path file = TemporaryFiles.newFile(ending);
      try {
        A answer = write.apply(file);
        try (Reader text = Files.newBufferedReader(file)) {
          out.data(text);
        }
        return answer;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw OutputException.unwritable("standard output", e);
    }
  }
}
