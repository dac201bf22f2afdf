package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;

/**
 * Makes traces visible whose part files are in the store, and deletes the part files that they
 * replace.
 */
final class Publisher {

  /** The lock that is held while rows are swapped, so that each writer sees what it replaces. */
  private static final String LOCK = ".publishing";

  private final String name;
  private final FileTree files;

  /**
   * A publisher for one store.
   *
   * @param name the store as the user named it
   */
  Publisher(String name, FileTree files) {
    this.name = name;
    this.files = files;
  }

  /**
   * Makes traces visible, all of them or none, in place of all traces that were published under the
   * same name before.
   *
   * @param unit the name of the traces that are published together
   * @throws OutputException if the store cannot be written, or does not show what was written to
   *     it; the store is then unchanged
   */
  @SuppressWarnings("try")
  void publish(String unit, List<TraceRow> rows) {
    List<TraceRow> before = List.of();
    try (Closeable turn = StoreLocks.alone(name, files, LOCK)) {
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
   * The rows that are going to be replaced. Rows that cannot be read are replaced too; their part
   * files stay, and nobody reads them.
   */
  private List<TraceRow> rowsBefore(String unit) {
    try {
      return StoreRows.of(unit, files);
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Makes sure that the part files are in this store: a worker on another machine may have written
   * to its own folder of the same name.
   */
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
   * Looks whether the rows were published in spite of the error. The part files are deleted only if
   * certainly no row names them.
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

  /** Deletes the part files of traces that were written but are not to be published. */
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
        TracePartsWriter.deleteEmptyFolders(files, table, row.workload(), row.traceId());
      }
    }
  }
}
