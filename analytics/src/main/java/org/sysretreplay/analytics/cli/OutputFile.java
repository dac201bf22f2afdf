package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.ingest.files.OutputPlace;
import org.sysretreplay.ingest.files.Staging;
import org.sysretreplay.ingest.trace.OutputException;

/** Writes files whole or not at all. */
final class OutputFile {

  private OutputFile() {}

  /**
   * Makes sure that the file can be written.
   *
   * @throws OutputException if not
   */
  static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw OutputException.of(file.toString(), "this is a folder", "name a file");
    }
    checkPlace(file);
  }

  /**
   * Makes sure that a file or folder of this name can be made or replaced.
   *
   * @throws OutputException if not
   */
  static void checkPlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && Files.isRegularFile(folder)) {
      throw OutputException.of(
          file.toString(), folder + " is a file and no folder", "name another place");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw OutputException.of(
          file.toString(), "its folder does not exist", "make the folder, or name another place");
    }
    if (!isWritable(file)) {
      throw OutputException.of(
          file.toString(), "it cannot be written", "name a place that you may write to");
    }
  }

  /** A file is replaced by a new one, which has to be made in its folder. */
  private static boolean isWritable(Path file) {
    return OutputPlace.isStream(file) ? Files.isWritable(file) : isReplaceable(file);
  }

  private static boolean isReplaceable(Path file) {
    try {
      Path place = OutputPlace.behindLinks(file);
      return (!Files.exists(place) || Files.isWritable(place))
          && Files.isWritable(place.getParent());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes sure that a page does not go to a terminal.
   *
   * @param example the name of a file for it
   * @throws UsageException if it would
   */
  static void checkPage(Optional<Path> file, Terminal terminal, String example) {
    if (file.isEmpty() && terminal.shown()) {
      throw new UsageException(
          "--format html: a page is for a browser; name a file, such as -o %s.".formatted(example));
    }
  }

  /** Replaces the content of the file with the text. */
  static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the content of the file with the bytes. */
  static void write(Path file, byte[] bytes) {
    try {
      if (OutputPlace.isStream(file)) {
        Files.write(file, bytes);
        return;
      }
      Path target = OutputPlace.behindLinks(file);
      try (Staging staging = Staging.beside(target)) {
        Path written = staging.folder().resolve("written");
        Files.write(written, bytes);
        OutputPlace.replace(target, written);
      }
    } catch (IOException e) {
      throw OutputException.unwritable(file.toString(), e);
    }
  }
}
