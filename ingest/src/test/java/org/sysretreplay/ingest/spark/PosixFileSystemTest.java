package org.sysretreplay.ingest.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders get the permissions that Hadoop's own file system gives them. */
@DisabledOnOs(OS.WINDOWS)
class PosixFileSystemTest {

  @TempDir Path folder;

  private static <F extends FileSystem> F open(F files) throws IOException {
    files.initialize(URI.create("file:///"), new Configuration(false));
    return files;
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  private int modeOf(FileSystem files, String name, int parentMode, int mode) throws IOException {
    Path parent = Files.createDirectory(folder.resolve(name));
    Files.setAttribute(parent, "unix:mode", parentMode);
    org.apache.hadoop.fs.Path made = new org.apache.hadoop.fs.Path(parent.resolve("made").toUri());
    assertThat(files.mkdirs(made, new FsPermission((short) mode))).isTrue();
    return mode(parent.resolve("made"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0755, 0700, 0777, 0750, 01777})
  void foldersHaveTheModeThatHadoopGives(int mode) throws IOException {
    try (FileSystem ours = open(new PosixFileSystem());
        FileSystem theirs = open(new LocalFileSystem())) {
      for (int parent : new int[] {0755, 02775}) {
        assertThat(modeOf(ours, "ours" + parent, parent, mode))
            .isEqualTo(modeOf(theirs, "theirs" + parent, parent, mode));
      }
    }
  }

  @Test
  void filesAreWrittenAndReadWithTheirChecksums() throws IOException {
    try (FileSystem files = open(new PosixFileSystem())) {
      Path file = folder.resolve("file");
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
      try (var out = files.create(path)) {
        out.write(1);
      }
      assertThat(mode(file)).isEqualTo(0644);
      assertThat(folder.resolve(".file.crc")).exists();
      try (var in = files.open(path)) {
        assertThat(in.readAllBytes()).containsExactly(1);
      }
    }
  }

  @Test
  void aFileThatIsNotThereHasNoMode() throws IOException {
    try (FileSystem files = open(new PosixFileSystem())) {
      org.apache.hadoop.fs.Path path =
          new org.apache.hadoop.fs.Path(folder.resolve("none").toUri());
      assertThatThrownBy(() -> files.setPermission(path, new FsPermission((short) 0644)))
          .isInstanceOf(IOException.class);
    }
  }
}
