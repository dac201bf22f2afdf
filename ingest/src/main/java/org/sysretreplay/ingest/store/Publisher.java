package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;

/** Makes traces visible whose part files lie in the store, and deletes those that they replace. */
final class Publisher {

  /** Held while rows are swapped, so that each writer sees what it replaces. */
  private static final String LOCK = ".publishing";

  private final String name;
  private final FileTree files;

  /**
   * Of a store.
   *
   * @param name the store as the user named it
   */
  Publisher(String name, FileTree files) {
    this.name = name;
    this.files = files;
  }

  /**
   * Makes traces visible, all of them or none, in place of all that were published under the same
   * name before.
   *
   * @param unit the name of the traces that are published together
   * @throws OutputException where the store cannot be written, or does not show what was written to
   *     it; it is then as it was
   */
  @SuppressWarnings("try")
  void publish(String unit, List<TraceRow> rows) {
    List<TraceRow> before = List.of();
    try (Closeable turn = Locks.alone(name, files, LOCK)) {
      for (TraceRow row : rows) {
        checkPlaced(row);
      }
      before = rowsBefore(unit);
      commit(unit, rows);
    } catch (IOException e) {
      checkPublished(unit, rows, e);
    }
    removeReplaced(before, rows);
  }

  /**
   * Rows that cannot be read are replaced like any others; their parts stay, and nobody reads them.
   */
  private List<TraceRow> rowsBefore(String unit) {
    try {
      return StoreRows.of(unit, files);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A worker may have written to a place of its own, which is called as the store's is. */
  private void checkPlaced(TraceRow row) throws IOException {
    for (PartFile part : row.parts()) {
      long size = files.sizeBytes(row.path(part));
      if (size != part.sizeBytes()) {
        throw new IOException(
            "%s should have %,d bytes and %s"
                .formatted(
                    row.path(part),
                    part.sizeBytes(),
                    size < 0 ? "is not there" : "has %,d".formatted(size)));
      }
    }
  }

  private void commit(String unit, List<TraceRow> rows) throws IOException {
    try (NewFile file = files.create(StoreLayout.rows(unit))) {
      TraceTable.write(file.output(), unit, rows);
      file.publish();
    }
  }

  /**
   * An error may be told of a step that was taken all the same. The parts go only where it is sure
   * that no row names them.
   */
  private void checkPublished(String unit, List<TraceRow> rows, IOException why) {
    try {
      List<TraceRow> there = StoreRows.of(unit, files);
      if (there.equals(rows)) {
        return;
      }
      remove(rows, paths(there));
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    throw OutputException.unwritable(name, why);
  }

  /** Deletes the part files of traces that were written and are not to be published. */
  void discard(List<TraceRow> rows) {
    try {
      remove(rows, Set.of());
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  private static Set<String> paths(List<TraceRow> rows) {
    Set<String> paths = new HashSet<>();
    rows.forEach(row -> paths.addAll(row.paths()));
    return paths;
  }

  private void removeReplaced(List<TraceRow> before, List<TraceRow> rows) {
    try {
      remove(before, paths(rows));
    } catch (IOException e) {
      throw OutputException.of(
          name,
          "the new reading is there, and the one before cannot be deleted (%s)"
              .formatted(OutputException.why(e)),
          "see who may write to its folder",
          e);
    }
  }

  private void remove(List<TraceRow> rows, Set<String> kept) throws IOException {
    for (TraceRow row : rows) {
      for (PartFile part : row.parts()) {
        if (!kept.contains(row.path(part))) {
          files.delete(row.path(part));
        }
      }
      for (StoreTable table : StoreTable.values()) {
        TraceParts.deleteEmptyFolders(files, table, row.workload(), row.traceId());
      }
    }
  }
}
