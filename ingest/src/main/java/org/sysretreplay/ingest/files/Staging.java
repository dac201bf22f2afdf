package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * A hidden folder in which a file or folder is made before it is moved to its final path beside it
 * by one step. It is deleted when it is closed or the process is told to stop. What a killed
 * process left behind is deleted by the next staging for the same path.
 */
public final class Staging implements Closeable {

  private static final String ENDING = ".writing";
  private static final String LOCK = ".lock";

  private final Path folder;
  private final Closeable lock;

  private Staging(Path folder, Closeable lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes a staging folder beside that path.
   *
   * @param place an absolute path
   */
  public static Staging beside(Path place) throws IOException {
    String beginning = "." + place.getFileName() + ".";
    tidy(place.getParent(), beginning);
    while (true) {
      Path folder = place.resolveSibling(beginning + UUID.randomUUID() + ENDING);
      TemporaryFiles.unlessEnding(() -> made(folder));
      Optional<Closeable> lock = lockNew(folder);
      if (lock.isPresent()) {
        return new Staging(folder, lock.get());
      }
    }
  }

  private static Optional<Closeable> lockNew(Path folder) throws IOException {
    try {
      return lock(folder);
    } catch (IOException e) {
      TemporaryFiles.deleteAll(folder);
      throw e;
    }
  }

  private static Path made(Path folder) throws IOException {
    Files.createDirectory(folder);
    TemporaryFiles.deleteAtEnd(folder);
    return folder;
  }

  /**
   * Empty if another process took the folder for that of a dead one, and deleted it before it was
   * locked.
   */
  private static Optional<Closeable> lock(Path folder) throws IOException {
    try {
      return LocalLocks.tryHold(folder.resolve(LOCK), true);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void tidy(Path parent, String beginning) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(parent)) {
      left = files.filter(it -> isStaging(it, beginning)).toList();
    }
    for (Path folder : left) {
      deleteIfDead(folder);
    }
  }

  private static boolean isStaging(Path path, String beginning) {
    String name = path.getFileName().toString();
    return name.startsWith(beginning) && name.endsWith(ENDING) && Files.isDirectory(path);
  }

  /**
   * Deletes a folder whose lock is free, because its process is dead. If that fails, it does no
   * harm.
   */
  @SuppressWarnings("try")
  private static void deleteIfDead(Path folder) {
    try (Closeable dead = lock(folder).orElse(null)) {
      if (dead != null) {
        TemporaryFiles.deleteAll(folder);
      }
    } catch (IOException e) {
      // The next staging will try again.
    }
  }

  /** The folder to make things in. */
  public Path folder() {
    return folder;
  }

  @Override
  @SuppressWarnings("try")
  public void close() throws IOException {
    try (lock) {
      TemporaryFiles.deleteAll(folder);
    }
    TemporaryFiles.isGone(folder);
  }
}
