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
   * An entry of a folder: a file, or a folder in it.
   *
   * @param sizeBytes of a file; 0 of a folder
   */
  record Entry(String name, boolean isFolder, long sizeBytes) {}

  /**
   * The entries of a folder, sorted by name; empty if there is no such folder.
   *
   * @throws IOException if it cannot be listed, or is a file
   */
  List<Entry> list(String folder) throws IOException;

  /** Makes a folder and those above it; does nothing if it exists. */
  void createFolders(String folder) throws IOException;

  /** A file to read. Nothing is checked before its stream is opened. */
  InputFile open(String file) throws IOException;

  /** The size of a file in bytes; -1 if there is none. */
  long sizeBytes(String file) throws IOException;

  /**
   * Begins a new file, and makes the folders above it. Once published it replaces any file of that
   * path.
   */
  NewFile create(String file) throws IOException;

  /**
   * Deletes a file or an empty folder; does nothing if there is none, or if the folder is not
   * empty.
   */
  void delete(String path) throws IOException;

  /**
   * Whether a lock is released when its process ends in whatever way, so that a held lock proves a
   * living holder.
   */
  boolean locksEndWithTheirProcess();

  /**
   * Takes the lock of that name, shared with others, until the result is closed; empty if somebody
   * holds it exclusively. The folder of the lock's file must exist.
   */
  Optional<Closeable> tryShare(String lock) throws IOException;

  /**
   * Takes the lock of that name exclusively, until the result is closed; empty if somebody else
   * holds it.
   */
  Optional<Closeable> tryLock(String lock) throws IOException;

  /** The full location of a path below the folder, as {@link FileTrees#input} takes it. */
  String locate(String path);
}
