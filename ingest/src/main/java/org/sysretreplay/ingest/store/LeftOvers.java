package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Finds files of a store that its writers wrote but no trace names, as paths below the store's
 * folder. Files with other names than writers give are ignored.
 */
final class LeftOvers {

  private final FileTree files;
  private final Set<String> named;

  private LeftOvers(FileTree files, Set<String> named) {
    this.files = files;
    this.named = named;
  }

  /**
   * The left-overs beside the traces that the store holds now.
   *
   * @throws TraceException if these cannot be read, since then no file is certainly left over
   */
  static LeftOvers of(String store, FileTree files) throws IOException {
    Set<String> named = new HashSet<>();
    StoreRows.all(store, files).forEach(row -> named.addAll(row.paths()));
    return new LeftOvers(files, named);
  }

  /** Those of the found files that are still left over: some may be published by now. */
  static List<String> still(String store, FileTree files, List<String> found) throws IOException {
    List<String> left = new ArrayList<>(of(store, files).all());
    left.retainAll(Set.copyOf(found));
    return left;
  }

  /** The files of rows that were never published. */
  List<String> rows() throws IOException {
    return in(StoreLayout.TRACES);
  }

  /** The left-over files of one folder. */
  List<String> in(String folder) throws IOException {
    List<String> left = new ArrayList<>();
    for (FileTree.Entry entry : files.list(folder)) {
      String path = folder + "/" + entry.name();
      if (!entry.isFolder() && isWritten(entry.name()) && !named.contains(path)) {
        left.add(path);
      }
    }
    return left;
  }

  /** Whether writers give files such names. */
  static boolean isWritten(String name) {
    return NewFile.isBeingWritten(name) || StoreLayout.isPart(name);
  }

  /** All left-over files of the store, including the notes of its writers. */
  List<String> all() throws IOException {
    List<String> left = new ArrayList<>(rows());
    for (StoreTable table : StoreTable.values()) {
      for (String workload : folders(table.folder())) {
        for (String trace : folders(workload)) {
          left.addAll(in(trace));
        }
      }
    }
    for (FileTree.Entry note : files.list(StoreWriting.NOTES)) {
      left.add(StoreWriting.NOTES + "/" + note.name());
    }
    return left;
  }

  private List<String> folders(String folder) throws IOException {
    return files.list(folder).stream()
        .filter(FileTree.Entry::isFolder)
        .map(it -> folder + "/" + it.name())
        .toList();
  }
}
