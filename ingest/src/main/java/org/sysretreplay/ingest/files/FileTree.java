package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.io.InputFile;

/**
 * A folder and all that lies below it. Paths are relative to the folder, their names joined by
 * slashes; the empty path is the folder itself.
 */
public interface FileTree {

  /**
   * A file or a folder in a folder.
   *
   * @param sizeBytes of a file; 0 of a folder
   */
  record Entry(String name, boolean isFolder, long sizeBytes) {}

  /**
   * What a folder holds, by name; nothing where there is no such folder.
   *
   * @throws IOException where it cannot be listed, or is a file
   */
  List<Entry> list(String folder) throws IOException;

  /** Makes a folder and those above it; does nothing where it is there. */
  void createFolders(String folder) throws IOException;

  /** A file to be read, which need not be looked at before it is opened. */
  InputFile open(String file) throws IOException;

  /** The size of a file in bytes; -1 where there is none. */
  long sizeBytes(String file) throws IOException;

  /**
   * Begins a file, and makes the folders above it. It takes its place, that of an earlier file
   * included, when it is published.
   */
  NewFile create(String file) throws IOException;

  /** Deletes a file, or a folder that is empty; does nothing where there is none. */
  void delete(String path) throws IOException;

  /** Whether a lock goes with its process however that ends, so that it is sure who holds one. */
  boolean locksEndWithTheirProcess();

  /**
   * Holds the lock of that name with others that share it, as long as it is not closed; nothing
   * where somebody holds it alone. The folder of the lock's file is there.
   */
  Optional<Closeable> tryShare(String lock) throws IOException;

  /**
   * Holds the lock of that name alone, as long as it is not closed; nothing where somebody else
   * holds it.
   */
  Optional<Closeable> tryLock(String lock) throws IOException;

  /** The whole location of a path below the folder, as {@link FileTrees#input} takes it. */
  String locate(String path);
}
