package org.sysretreplay.ingest.trace;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes folders that only the user of this process may read. */
final class PrivateFolder {

  private PrivateFolder() {}

  /** The attributes to create such a folder with; none if the file system has no permissions. */
  static FileAttribute<?>[] attributes(Path folder) {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
