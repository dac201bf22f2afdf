package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.OutputException;

/** The file or folder that verdicts are written to, whole or not at all. */
public final class VerdictOutput {

  /** Lies in every folder that this class wrote, and in no other that may be replaced. */
  private static final String MARKER = "_sysret-replay";

  private final Path place;
  private final Path staging;

  private VerdictOutput(Path place, Path staging) {
    this.place = place;
    this.staging = staging;
  }

  static VerdictOutput begin(Path target) throws IOException {
    // Through a link to what it stands for.
    boolean isLink = Files.exists(target) && !isStream(target);
    Path place = isLink ? target.toRealPath() : target.toAbsolutePath();
    Path staging = stagingFor(place);
    Files.createDirectories(staging);
    return new VerdictOutput(place, staging);
  }

  /**
   * Beside the place, so that it can be moved there; elsewhere where that is a device or a pipe.
   */
  private static Path stagingFor(Path place) throws IOException {
    if (isStream(place)) {
      return Files.createTempDirectory("sysret-replay-").resolve("verdicts");
    }
    String name = ".%s.%d.writing".formatted(place.getFileName(), ProcessHandle.current().pid());
    Path staging = place.resolveSibling(name);
    deleteAll(staging);
    return staging;
  }

  /** Whether that is something to write into, and not a file or folder to replace. */
  private static boolean isStream(Path place) {
    return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
  }

  /** Where parts are written before they are published. */
  Path staging() {
    return staging;
  }

  /**
   * Makes sure that a folder may be written here: a new one, or one that this program wrote.
   *
   * @throws OutputException where something else would have to go for it
   */
  public static void checkFolder(Path target) {
    if (Files.exists(target) && !Files.exists(target.resolve(MARKER))) {
      throw OutputException.of(
          target.toString(), "this is there already and no output of ours", "name a new folder");
    }
  }

  /** Puts the parts in their place, in the order of the list. */
  void publish(VerdictFormat format, List<Path> parts) throws IOException {
    switch (format) {
      case PARQUET -> {
        Files.createFile(staging.resolve(MARKER));
        replaceFolder();
      }
      case JSONL -> join(parts);
    }
  }

  private void replaceFolder() throws IOException {
    checkFolder(place);
    Path old = staging.resolveSibling(staging.getFileName() + ".old");
    if (Files.exists(place)) {
      Files.move(place, old);
    }
    Files.move(staging, place);
    deleteAll(old);
  }

  private void join(List<Path> parts) throws IOException {
    Path joined = isStream(place) ? place : staging.resolve("_joined");
    try (OutputStream out = Files.newOutputStream(joined)) {
      for (Path part : parts) {
        Files.copy(part, out);
      }
    }
    if (!isStream(place)) {
      Files.move(
          joined, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes what was not published. */
  void discard() throws IOException {
    deleteAll(staging);
    if (isStream(place)) {
      Files.deleteIfExists(staging.getParent());
    }
  }

  private static void deleteAll(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
