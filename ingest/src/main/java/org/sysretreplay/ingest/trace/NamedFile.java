package org.sysretreplay.ingest.trace;

import java.nio.file.Path;

/**
 * A file, and what messages call it: what came through a pipe lies somewhere else than its name
 * says.
 *
 * @param path where its bytes are
 * @param name as the user named it
 * @param bounds how much may be made of it
 */
public record NamedFile(Path path, String name, Bounds bounds) {

  /** A file of the usual bounds. */
  public NamedFile(Path path, String name) {
    this(path, name, Bounds.USUAL);
  }

  /** A file that is where its name says. */
  public static NamedFile of(Path path) {
    return new NamedFile(path, path.toString());
  }

  /** A file in the folder that this one is. */
  public NamedFile resolve(String file) {
    return new NamedFile(path.resolve(file), name + "/" + file, bounds);
  }
}
