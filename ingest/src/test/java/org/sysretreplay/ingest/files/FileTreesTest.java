package org.sysretreplay.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.files.FaultyFileSystem.Change;
import org.sysretreplay.ingest.files.FaultyFileSystem.Fault;
import org.sysretreplay.ingest.files.FaultyFileSystem.Harm;

class FileTreesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "/x/y", "./a:b", "run:1", "a:b/c", "./s3a://bucket", "c:/x", "x y", "a%20b"})
  void whatIsNoUriIsAPath(String location) throws IOException {
    assertThat(FileTrees.scheme(location)).isEmpty();
    assertThat(FileTrees.local(location)).contains(Path.of(location));
    assertThat(FileTrees.at(location, Map.of())).isInstanceOf(LocalTree.class);
  }

  @ParameterizedTest
  @CsvSource({
    "file:/x, /x",
    "file:///x, /x",
    "file:///x%20y/z, /x y/z",
    "FILE:/x, /x",
    "file:/run[1]%25, /run[1]%25",
    "file:/x y, /x y",
    "file:/x?y#z, /x?y#z"
  })
  void aUriOfThisMachineIsThePathThatItNames(String location, String path) throws IOException {
    assertThat(FileTrees.scheme(location)).contains("file");
    assertThat(FileTrees.local(location)).contains(Path.of(path));
    assertThat(FileTrees.at(location, Map.of())).isInstanceOf(LocalTree.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs:/x", "s3:/", "oss://bucket/x", "hdfs://host/x"})
  void aUriOfAnotherFileSystemIsNoPath(String location) {
    assertThat(FileTrees.local(location)).isEmpty();
  }

  @Test
  void aFolderOfAnotherMachineIsRefused() {
    assertThat(FileTrees.local("file://host/x")).isEmpty();
    assertThatThrownBy(() -> FileTrees.at("file://host/x", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("file:// and a name is another machine's, file:/// is this one's");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://bucket/store, s3a, 'add hadoop-aws and what it needs to SYSRET_REPLAY_CLASSPATH, and"
        + " use a command with a --master'",
    "foo://x, foo, 'name a folder, or add the jars of a Hadoop file system for it'",
    "run:/1, run, 'name a folder, or add the jars of a Hadoop file system for it'",
    "gs://bucket/my store, gs, 'add gcs-connector and what it needs to SYSRET_REPLAY_CLASSPATH,"
        + " and use a command with a --master'",
    "HDFS://host/x, hdfs, 'use a command with a --master, whose Spark brings it'",
  })
  void aFileSystemThatNothingServesIsRefusedWithARemedy(
      String location, String scheme, String remedy) {
    assertThat(FileTrees.local(location)).isEmpty();
    assertThatThrownBy(() -> FileTrees.at(location, Map.of()))
        .asInstanceOf(type(UnknownSchemeException.class))
        .satisfies(it -> assertThat(it.remedy()).isEqualTo(remedy))
        .extracting(Throwable::getMessage)
        .isEqualTo("no file system for " + scheme + ": is on the class path");
    assertThatThrownBy(() -> FileTrees.input(location, Map.of()))
        .isInstanceOf(UnknownSchemeException.class);
  }

  private FileTree tree() {
    return FileTrees.at(folder);
  }

  private static void write(NewFile file, String text) throws IOException {
    try (PositionOutputStream to = file.output().create(0)) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
      assertThat(to.getPos()).isEqualTo(text.length());
    }
  }

  private static void publish(FileTree tree, String path, String text) throws IOException {
    try (NewFile file = tree.create(path)) {
      write(file, text);
      file.publish();
    }
  }

  private static String text(InputFile file) throws IOException {
    try (SeekableInputStream from = file.newStream()) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFileIsSeenWholeOrNotAtAll() throws IOException {
    FileTree tree = tree();
    NewFile file = tree.create("a/b");
    assertThat(tree.sizeBytes("a/b")).isEqualTo(-1);
    write(file, "dear");
    assertThat(tree.sizeBytes("a/b")).isEqualTo(-1);

    file.publish();

    assertThat(text(tree.open("a/b"))).isEqualTo("dear");
    file.close();
    assertThat(tree.list("a")).containsExactly(new FileTree.Entry("b", false, 4));
  }

  @Test
  void aPublishedFileHasItsSizeAndDigest() throws Exception {
    NewFile.Content content;
    try (NewFile file = tree().create("a")) {
      write(file, "dear");
      content = file.publish();
    }

    byte[] digest = MessageDigest.getInstance("SHA-256").digest("dear".getBytes());
    assertThat(content).isEqualTo(new NewFile.Content(4, HexFormat.of().formatHex(digest)));
  }

  @Test
  void aFileTakesThePlaceOfAnEarlierOneWhenItIsPublished() throws IOException {
    FileTree tree = tree();
    publish(tree, "a", "old");

    try (NewFile file = tree.create("a")) {
      write(file, "newer");
      assertThat(text(tree.open("a"))).isEqualTo("old");
      file.publish();
    }

    assertThat(text(tree.open("a"))).isEqualTo("newer");
    assertThat(tree.list("")).containsExactly(new FileTree.Entry("a", false, 5));
  }

  @Test
  void aFileThatIsClosedUnpublishedLeavesNothing() throws IOException {
    FileTree tree = tree();
    publish(tree, "a", "old");

    try (NewFile file = tree.create("a")) {
      write(file, "newer");
    }
    tree.create("b").close();

    assertThat(tree.list("")).containsExactly(new FileTree.Entry("a", false, 3));
    assertThat(text(tree.open("a"))).isEqualTo("old");
  }

  @Test
  void aFileThatNothingWasWrittenToCannotBePublished() throws IOException {
    try (NewFile file = tree().create("a")) {
      assertThatThrownBy(file::publish)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(".writing");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"OPEN", "WRITE", "FORCE", "MOVE"})
  void aFileThatCannotBeWrittenLeavesTheEarlierOne(Change change) throws IOException {
    publish(tree(), "a", "old");
    FaultyFileSystem unharmed = FaultyFileSystem.unharmed();
    publish(FileTrees.at(unharmed.at(folder)), "a", "old");
    int point = unharmed.changes().indexOf(change) + 1;
    FaultyFileSystem faulty = new FaultyFileSystem(point, Harm.ONCE, Fault.FULL_DISK);

    assertThatThrownBy(() -> publish(FileTrees.at(faulty.at(folder)), "a", "newer"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("No space left on device");
    assertThat(faulty.failed()).containsExactly(change);
    assertThat(tree().list("")).containsExactly(new FileTree.Entry("a", false, 3));
  }

  /** If the name reached the disk before the bytes, a crash would leave a broken file. */
  @Test
  void theBytesAreOnTheDiskBeforeTheName() throws IOException {
    FaultyFileSystem files = FaultyFileSystem.unharmed();

    publish(FileTrees.at(files.at(folder)), "a", "dear");

    List<Change> changes = new ArrayList<>(files.changes());
    changes.remove(Change.CREATE_FOLDER);
    assertThat(changes)
        .containsExactly(Change.OPEN, Change.WRITE, Change.FORCE, Change.MOVE, Change.FORCE);
  }

  @Test
  void aFolderIsListedByNameWithWhatIsHidden() throws IOException {
    Files.createDirectories(folder.resolve("b/c"));
    Files.writeString(folder.resolve("a"), "dear");
    Files.writeString(folder.resolve(".h"), "");
    Files.createSymbolicLink(folder.resolve("z"), folder.resolve("nowhere"));

    assertThat(tree().list(""))
        .containsExactly(
            new FileTree.Entry(".h", false, 0),
            new FileTree.Entry("a", false, 4),
            new FileTree.Entry("b", true, 0),
            new FileTree.Entry("z", false, 0));
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() throws IOException {
    assertThat(tree().list("none/at/all")).isEmpty();
  }

  @Test
  void aFileCannotBeListed() throws IOException {
    publish(tree(), "a", "dear");

    assertThatThrownBy(() -> tree().list("a"))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage(folder.resolve("a").toString());
  }

  @Test
  void foldersAreMadeOnceAndDeletedWhereTheyAreEmpty() throws IOException {
    FileTree tree = tree();
    tree.createFolders("a/b");
    tree.createFolders("a/b");

    tree.delete("a");
    assertThat(folder.resolve("a/b")).isDirectory();

    tree.delete("a/b");
    tree.delete("a");
    tree.delete("a");
    assertThat(folder).isEmptyDirectory();
  }

  /** Files of this machine under another scheme, with an error that only an object store has. */
  public static final class ElsewhereFileSystem extends RawLocalFileSystem {

    private static final URI HERE = URI.create("elsewhere://host/");

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
      super.initialize(HERE, conf);
      setConf(conf);
    }

    @Override
    public URI getUri() {
      return HERE;
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      if (path.getName().equals("kept")) {
        throw new IOException("you may not");
      }
      FileStatus[] inside = exists(path) ? listStatus(path) : new FileStatus[0];
      if (getFileStatus(path).isDirectory() && inside.length > 0) {
        throw new IOException("409 Conflict");
      }
      return super.delete(path, recursive);
    }
  }

  @Test
  void aFolderWithFilesStaysWhateverItsFileSystemSays() throws IOException {
    FileTree tree =
        FileTrees.at(
            "elsewhere://host" + folder,
            Map.of("fs.elsewhere.impl", ElsewhereFileSystem.class.getName()));
    tree.createFolders("a/b");
    tree.createFolders("kept");

    tree.delete("a");
    assertThat(folder.resolve("a/b")).isDirectory();
    tree.delete("a/b");
    assertThat(folder.resolve("a")).isEmptyDirectory();
    assertThatThrownBy(() -> tree.delete("kept"))
        .isInstanceOf(IOException.class)
        .hasMessage("you may not");
  }

  @Test
  void aLocationIsFoundAgain() throws IOException {
    FileTree tree = FileTrees.at(folder.resolve("run[1] 50%20:").toString(), Map.of());
    publish(tree, "a/b=c%2F", "dear");

    assertThat(text(FileTrees.input(tree.locate("a/b=c%2F"), Map.of()))).isEqualTo("dear");
    assertThat(tree.locate("")).isEqualTo(folder.resolve("run[1] 50%20:").toString());
  }

  /** Closing one lock's channel would release the other's. */
  @Test
  @SuppressWarnings("try")
  void aFileHasOneLockUnderAllNamesOfItsFolder() throws IOException {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), place);

    try (Closeable shared = LocalLocks.tryHold(place.resolve("lock"), false).orElseThrow()) {
      assertThat(LocalLocks.tryHold(link.resolve("lock"), true)).isEmpty();
      try (Closeable also = LocalLocks.tryHold(link.resolve("lock"), false).orElseThrow()) {
        assertThat(LocalLocks.tryHold(place.resolve("lock"), true)).isEmpty();
      }
      assertThat(LocalLocks.tryHold(place.resolve("lock"), true)).isEmpty();
    }
    assertThat(LocalLocks.tryHold(link.resolve("lock"), true)).isPresent();
  }
}
