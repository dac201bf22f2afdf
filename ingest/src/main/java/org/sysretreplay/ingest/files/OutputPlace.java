package org.sysretreplay.ingest.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The place of an output on this machine, where what is made elsewhere takes it in one step. */
public final class OutputPlace {

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private OutputPlace() {}

  /**
   * The place itself, as an absolute path: where there is a link, what it points to, which need not
   * exist.
   *
   * @throws FileSystemLoopException if more links follow each other than Linux follows
   */
  public static Path behindLinks(Path named) throws IOException {
    Path place = named.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(named.toString());
      }
      place = place.resolveSibling(Files.readSymbolicLink(place));
    }
    return Files.exists(place) ? place.toRealPath() : place;
  }

  /** Whether it is something like a device or a pipe, which is written to and not replaced. */
  public static boolean isStream(Path place) {
    return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
  }

  /** Puts a file in place of another, whose permissions it takes over where there is one. */
  public static void replace(Path place, Path by) throws IOException {
    if (Files.exists(place)) {
      keepPermissions(place, by);
    }
    Files.move(by, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void keepPermissions(Path of, Path by) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(by, PosixFileAttributeView.class);
    if (view != null) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(of);
      // A file system without permissions of its own refuses to set any.
      if (!permissions.equals(view.readAttributes().permissions())) {
        view.setPermissions(permissions);
      }
    }
  }
}
