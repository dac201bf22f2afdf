package org.sysretreplay.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
final class Folders {

  private static final int TAIL_CHARACTERS = 2_000;

  private Folders() {}

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** All files, as paths that begin in the folder. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  /** The end of every log file in the folder. */
  static String logs(Path folder) {
    StringBuilder text = new StringBuilder();
    try {
      for (Path file : files(folder)) {
        if (file.toString().endsWith(".log") || file.endsWith("stderr")) {
          String log = Files.readString(folder.resolve(file));
          text.append("--- ").append(file).append('\n');
          text.append(log.substring(Math.max(0, log.length() - TAIL_CHARACTERS))).append('\n');
        }
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }
}
