package org.sysretreplay.analytics.verdict;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.files.OutputPlace;
import org.sysretreplay.ingest.files.Staging;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/**
 * The file or folder that verdicts are written to, whole or not at all. A folder has a single file
 * of verdicts, so that a later output replaces it in one step; other files in the folder are left
 * alone.
 */
public final class VerdictOutput implements Closeable {

  /**
   * The file that marks folders written by this class; other existing folders are not written to.
   */
  private static final String MARKER = "_sysret-replay";

  private static final String VERDICTS = "part-00000.parquet";

  /** Further files of verdicts, which earlier versions wrote. */
  private static final Pattern OTHER_PART = Pattern.compile("part-(?!00000)\\d{5}\\.parquet");

  private final Path place;
  private final Path parts;
  private final Closeable staging;

  private VerdictOutput(Path place, Path parts, Closeable staging) {
    this.place = place;
    this.parts = parts;
    this.staging = staging;
  }

  /**
   * Begins an output in a staging folder beside its place; if that is a device or a pipe, in a
   * temporary folder.
   */
  public static VerdictOutput begin(Path target) throws IOException {
    if (OutputPlace.isStream(target)) {
      Path folder = Files.createDirectory(TemporaryFiles.newFile(".verdicts"));
      return new VerdictOutput(
          target.toAbsolutePath(), folder, () -> TemporaryFiles.deleteAll(folder));
    }
    Path place = OutputPlace.behindLinks(target);
    Staging staging = Staging.beside(place);
    return new VerdictOutput(place, staging.folder(), staging);
  }

  /** The folder that parts are written to before they are published. */
  Path staging() {
    return parts;
  }

  /**
   * Makes sure that the folder is new, or was written by this program.
   *
   * @throws OutputException if it has something else
   */
  public static void checkFolder(Path target) {
    if (Files.exists(target) && !Files.exists(target.resolve(MARKER))) {
      throw OutputException.of(
          target.toString(),
          "this is there already, and this program did not write it",
          "name a new folder");
    }
    if (Files.exists(target) && hasOtherParts(target)) {
      throw OutputException.of(
          target.toString(),
          "an earlier version wrote it, in several files",
          "delete it, or name a new folder");
    }
  }

  private static boolean hasOtherParts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(it -> OTHER_PART.matcher(it.getFileName().toString()).matches());
    } catch (IOException e) {
      throw OutputException.unwritable(folder.toString(), e);
    }
  }

  /** Publishes files of rows as one file in a folder, in the order of the list. */
  public <R> void publishFolder(List<Column<R>> columns, List<Path> files) throws IOException {
    Path folder = Files.createDirectory(parts.resolve("folder"));
    try (NewFile joined = FileTrees.at(folder).create(VERDICTS)) {
      JoinedParquet.write(ParquetRows.schema(columns), files, joined.output());
      joined.publish();
    }
    Files.createFile(folder.resolve(MARKER));
    if (!Files.exists(place) && becomesPlace(folder)) {
      return;
    }
    checkFolder(place);
    OutputPlace.replace(place.resolve(VERDICTS), folder.resolve(VERDICTS));
  }

  /** Renames the folder to its place; false if another writer was faster. */
  private boolean becomesPlace(Path folder) throws IOException {
    try {
      Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.exists(place)) {
        return false;
      }
      throw e;
    }
  }

  /** Publishes files as one file: one after the other, with a text before and after them. */
  public void publishFile(String before, List<Path> files, String after) throws IOException {
    if (OutputPlace.isStream(place)) {
      try (OutputStream out = Files.newOutputStream(place)) {
        join(before, files, after, out);
      }
      return;
    }
    try (NewFile joined = FileTrees.at(parts).create("joined")) {
      try (OutputStream out = joined.output().create(0)) {
        join(before, files, after, out);
      }
      joined.publish();
    }
    OutputPlace.replace(place, parts.resolve("joined"));
  }

  private static void join(String before, List<Path> files, String after, OutputStream to)
      throws IOException {
    to.write(before.getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      Files.copy(file, to);
      Files.delete(file);
    }
    to.write(after.getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes everything that was not published. */
  @Override
  public void close() throws IOException {
    staging.close();
  }
}
