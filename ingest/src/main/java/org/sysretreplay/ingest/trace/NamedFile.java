package org.sysretreplay.ingest.trace;

import java.nio.file.Path;

/**
 * A file, and the name that messages give it. The two differ for input that came through a pipe.
 *
 * @param path where its bytes are
 * @param name as the user named it
 * @param bounds the limits for reading it
 */
public record NamedFile(Path path, String name, Bounds bounds) {

  /** A file with the usual bounds. */
  public NamedFile(Path path, String name) {
    this(path, name, Bounds.USUAL);
  }

  /** A file that is named by its path. */
  public static NamedFile of(Path path) {
    return new NamedFile(path, path.toString());
  }

  /** A file in the folder that this one is. */
  public NamedFile resolve(String file) {
    return new NamedFile(path.resolve(file), name + "/" + file, bounds);
  }
}
