package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * Prints a file to standard output once it is complete, so that nothing is printed if an input
 * cannot be read.
 */
final class PrintedFile {

  private PrintedFile() {}

  /**
   * Writes a temporary file and prints it.
   *
   * @param ending the ending of the file's name
   * @param write writes the file
   * @return the result of {@code write}
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
