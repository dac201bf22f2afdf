package org.sysretreplay.ingest.trace;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that nobody but the user of this process may look into. */
final class OwnFolder {

  private OwnFolder() {}

  /** What it is made with; nothing where the file system knows no permissions. */
  static FileAttribute<?>[] attributes(Path folder) {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
