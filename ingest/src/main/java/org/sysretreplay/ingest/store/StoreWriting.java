package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The time during which one writer writes to a store. Meanwhile a note in the store says where it
 * writes. If the writer dies, the next one that writes alone deletes by the note what was left
 * behind.
 */
public final class StoreWriting implements Closeable {

  /** The folder of the notes. */
  static final String NOTES = ".unfinished";

  private static final String SHARED = ".lock";

  private final String store;
  private final FileTree files;
  private final String note = NOTES + "/" + UUID.randomUUID();
  private final List<String> folders;
  private final Closeable share;
  private boolean complete;

  private StoreWriting(String store, FileTree files, List<String> folders, Closeable share) {
    this.store = store;
    this.files = files;
    this.folders = folders;
    this.share = share;
  }

  /** The name of a trace, which decides where its part files lie. */
  public record Name(String workload, String traceId) {

    private List<String> folders() {
      return Stream.of(StoreTable.values())
          .map(table -> StoreLayout.trace(table, workload, traceId))
          .toList();
    }
  }

  /** Begins to write those traces into a store whose folders exist. */
  static StoreWriting begin(String store, FileTree files, List<Name> traces) throws IOException {
    tidy(store, files);
    Closeable share = StoreLocks.share(store, files, SHARED);
    List<String> folders = traces.stream().flatMap(it -> it.folders().stream()).toList();
    StoreWriting writing = new StoreWriting(store, files, folders, share);
    try {
      writing.write();
      return writing;
    } catch (IOException | RuntimeException e) {
      writing.close();
      throw e;
    }
  }

  private void write() throws IOException {
    try (NewFile file = files.create(note)) {
      try (OutputStream to = file.output().create(0)) {
        to.write(String.join("\n", folders).getBytes(StandardCharsets.UTF_8));
      }
      file.publish();
    }
  }

  /** Notes that everything that was written is published, as far as this process knows. */
  public void complete() {
    complete = true;
  }

  /**
   * Ends the writing. The note stays if an unpublished file could not be deleted, or may belong to
   * another writer; the last writer that ends looks again.
   */
  @Override
  public void close() {
    end();
    tidy(store, files);
  }

  @SuppressWarnings("try")
  private void end() {
    try (share) {
      if (complete ? isNothingBeside() : nothingIsLeft()) {
        files.delete(note);
        files.delete(NOTES);
      }
    } catch (IOException | TraceException e) {
      // The traces are unharmed: the next writer will look again.
    }
  }

  /**
   * Whether each trace has a single part file in each table, so that no killed worker has left
   * another. That needs no reading of rows, which takes long in a large store.
   */
  private boolean isNothingBeside() throws IOException {
    for (String folder : folders) {
      if (files.list(folder).stream().filter(it -> LeftOvers.isWritten(it.name())).count() > 1) {
        return false;
      }
    }
    return true;
  }

  private boolean nothingIsLeft() throws IOException {
    LeftOvers leftOvers = LeftOvers.of(store, files);
    return leftOvers.rows().isEmpty() && in(leftOvers, folders).isEmpty();
  }

  /**
   * Keeps writers out until the result is closed; empty if somebody is writing. On file systems
   * whose locks prove nothing, nobody is kept out.
   */
  static Optional<Closeable> tryAlone(FileTree files) throws IOException {
    return files.locksEndWithTheirProcess() ? files.tryLock(SHARED) : Optional.of(() -> {});
  }

  /**
   * Deletes those of the found files that no trace names now, while nobody can write: some may have
   * been published since they were found.
   *
   * @return how many there were
   * @throws OutputException if somebody is writing
   */
  @SuppressWarnings("try")
  static int removeAll(String store, FileTree files, List<String> found) throws IOException {
    Optional<Closeable> alone = tryAlone(files);
    if (alone.isEmpty()) {
      throw TraceStore.busy(store);
    }
    try (Closeable held = alone.get()) {
      List<String> left = LeftOvers.still(store, files, found);
      for (String path : left) {
        files.delete(path);
        String folder = path.substring(0, path.lastIndexOf('/'));
        if (StoreLayout.isFolderOfTrace(folder)) {
          files.delete(folder);
          files.delete(folder.substring(0, folder.lastIndexOf('/')));
        }
      }
      files.delete(NOTES);
      return left.size();
    }
  }

  /** Deletes left-overs. What cannot be deleted does no harm, and its note stays. */
  private static void tidy(String store, FileTree files) {
    try {
      removeLeftOvers(store, files);
    } catch (IOException | TraceException e) {
      // The next writer will look again.
    }
  }

  /** Does nothing while anybody writes, or if that cannot be known. */
  @SuppressWarnings("try")
  private static void removeLeftOvers(String store, FileTree files) throws IOException {
    if (!files.locksEndWithTheirProcess() || files.list(NOTES).isEmpty()) {
      return;
    }
    Optional<Closeable> alone = tryAlone(files);
    if (alone.isPresent()) {
      try (Closeable held = alone.get()) {
        LeftOvers leftOvers = LeftOvers.of(store, files);
        for (FileTree.Entry entry : files.list(NOTES)) {
          String note = NOTES + "/" + entry.name();
          remove(
              NewFile.isBeingWritten(entry.name()) ? List.of() : read(files, note),
              leftOvers,
              files);
          files.delete(note);
        }
        files.delete(NOTES);
      }
    }
  }

  private static void remove(List<String> folders, LeftOvers leftOvers, FileTree files)
      throws IOException {
    for (String left : leftOvers.rows()) {
      files.delete(left);
    }
    for (String left : in(leftOvers, folders)) {
      files.delete(left);
    }
    for (String folder : folders) {
      files.delete(folder);
      files.delete(folder.substring(0, folder.lastIndexOf('/')));
    }
  }

  /** The folders that a note names; other lines are ignored. */
  private static List<String> read(FileTree files, String note) throws IOException {
    InputFile file = files.open(note);
    byte[] text = new byte[Math.toIntExact(file.getLength())];
    try (SeekableInputStream from = file.newStream()) {
      from.readFully(text);
    }
    return new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(StoreLayout::isFolderOfTrace)
        .toList();
  }

  /**
   * The left-over files of these folders. A folder whose name is too long, or that cannot be read,
   * has none.
   */
  private static List<String> in(LeftOvers leftOvers, List<String> folders) {
    List<String> left = new ArrayList<>();
    for (String folder : new TreeSet<>(folders)) {
      try {
        left.addAll(leftOvers.in(folder));
      } catch (IOException e) {
        // No writer can have written there.
      }
    }
    return left;
  }
}
