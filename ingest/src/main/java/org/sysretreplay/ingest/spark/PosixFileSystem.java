package org.sysretreplay.ingest.spark;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, with permissions set by the JDK. Without its native library Hadoop starts a
 * process {@code chmod} for every folder and file that it makes, fourteen for a trace, which take
 * longer than ingesting a small one (benchmark IngestBench).
 */
public final class PosixFileSystem extends LocalFileSystem {

  /** Made by Hadoop, by the name of this class. */
  public PosixFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {

    /** Set user id, set group id, sticky. */
    private static final int SPECIAL_BITS = 07000;

    /** Bits above those of user, group and others are Hadoop's affair. */
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (isPosix() && !permission.getStickyBit() && !hasSpecialBits(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
      } else {
        super.setPermission(path, permission);
      }
    }

    private static boolean isPosix() {
      return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    }

    private static boolean hasSpecialBits(java.nio.file.Path file) throws IOException {
      return ((int) Files.getAttribute(file, "unix:mode") & SPECIAL_BITS) != 0;
    }
  }
}
