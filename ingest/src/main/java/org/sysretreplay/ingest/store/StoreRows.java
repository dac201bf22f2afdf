package org.sysretreplay.ingest.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.MemoryFile;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Reads the rows that make traces visible. */
final class StoreRows {

  private StoreRows() {}

  /** The rows of all traces, by workload and trace. */
  static List<TraceRow> all(String store, FileTree files) throws IOException {
    checkVersion(store, files);
    List<TraceRow> rows = new ArrayList<>();
    try (ParquetFiles parquet = new ParquetFiles()) {
      for (FileTree.Entry entry : files.list(StoreLayout.TRACES)) {
        if (StoreLayout.isRows(entry.name())) {
          rows.addAll(read(StoreLayout.TRACES + "/" + entry.name(), files, parquet));
        }
      }
    }
    rows.sort(Comparator.comparing(TraceRow::workload).thenComparing(TraceRow::traceId));
    return rows;
  }

  /**
   * The rows that were published under that name; none where nothing was.
   *
   * @throws IOException where they cannot be read
   */
  static List<TraceRow> of(String unit, FileTree files) throws IOException {
    String file = StoreLayout.rows(unit);
    if (files.sizeBytes(file) < 0) {
      return List.of();
    }
    try (ParquetFiles parquet = new ParquetFiles()) {
      return read(file, files, parquet);
    }
  }

  /** The rows in a file; none where it has gone. */
  static List<TraceRow> read(String file, FileTree files, ParquetFiles parquet) throws IOException {
    try (ParquetFileReader reader = parquet.open(MemoryFile.of(Seal.read(files.open(file))))) {
      return TraceTable.read(reader, unit -> StoreLayout.rows(unit).equals(file));
    } catch (FileNotFoundException | NoSuchFileException e) {
      // The JDK says the same of a file that may not be read.
      if (files.sizeBytes(file) >= 0) {
        throw e;
      }
      // Another writer has taken it out meanwhile.
      return List.of();
    } catch (IOException e) {
      throw new IOException(files.locate(file) + ": " + OutputException.why(e), e);
    } catch (RuntimeException e) {
      throw new IOException(files.locate(file) + " holds no rows of traces", e);
    }
  }

  /**
   * Refuses a store whose traces lie in folders of their workloads, which would seem to be empty.
   *
   * @throws TraceException where it is one
   */
  static void checkVersion(String store, FileTree files) throws IOException {
    for (FileTree.Entry entry : files.list(StoreLayout.TRACES)) {
      if (entry.isFolder() && StoreLayout.isOfEarlierVersion(entry.name())) {
        throw TraceException.of(
            store,
            "this store was written by an earlier version",
            "ingest its traces again, into a new folder");
      }
    }
  }
}
