package org.sysretreplay.ingest.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.MemoryFile;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Reads the rows that make traces visible. */
final class StoreRows {

  /**
   * From so many files on, all processors read; for fewer, starting threads takes longer (benchmark
   * process/report-of-2000-traces).
   */
  private static final int MANY = 256;

  private StoreRows() {}

  /** The rows of all traces, by workload and trace. */
  static List<TraceRow> all(String store, FileTree files) throws IOException {
    checkVersion(store, files);
    List<String> paths = new ArrayList<>();
    for (FileTree.Entry entry : files.list(StoreLayout.TRACES)) {
      if (StoreLayout.isRows(entry.name())) {
        paths.add(StoreLayout.TRACES + "/" + entry.name());
      }
    }
    List<TraceRow> rows =
        new ArrayList<>(paths.size() < MANY ? read(paths, files) : readByAll(paths, files));
    rows.sort(Comparator.comparing(TraceRow::workload).thenComparing(TraceRow::traceId));
    return rows;
  }

  private static List<TraceRow> readByAll(List<String> paths, FileTree files) throws IOException {
    int shares = Runtime.getRuntime().availableProcessors();
    try {
      return IntStream.range(0, shares)
          .parallel()
          .mapToObj(
              it -> paths.subList(paths.size() * it / shares, paths.size() * (it + 1) / shares))
          .flatMap(share -> unchecked(share, files).stream())
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<TraceRow> unchecked(List<String> paths, FileTree files) {
    try {
      return read(paths, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<TraceRow> read(List<String> paths, FileTree files) throws IOException {
    List<TraceRow> rows = new ArrayList<>();
    try (ParquetFiles parquet = new ParquetFiles()) {
      for (String path : paths) {
        rows.addAll(read(path, files, parquet));
      }
    }
    return rows;
  }

  /**
   * The rows that were published under that name; empty if none were.
   *
   * @throws IOException if they cannot be read
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

  /**
   * The rows in a file; empty if it is gone.
   *
   * @throws IOException if they cannot be read; the message names the file
   */
  private static List<TraceRow> read(String file, FileTree files, ParquetFiles parquet)
      throws IOException {
    try {
      return readOne(file, files, parquet);
    } catch (IOException e) {
      String place = files.locate(file);
      throw new IOException(place + ": " + OutputException.why(place, e), e);
    }
  }

  /** The same with messages that do not name the file. */
  static List<TraceRow> readOne(String file, FileTree files, ParquetFiles parquet)
      throws IOException {
    try (ParquetFileReader reader = parquet.open(MemoryFile.of(Seal.read(files.open(file))))) {
      return TraceTable.read(reader, unit -> StoreLayout.rows(unit).equals(file));
    } catch (FileNotFoundException | NoSuchFileException e) {
      // The JDK throws the same for a file without read permission.
      if (files.sizeBytes(file) >= 0) {
        throw e;
      }
      // Another writer has deleted it meanwhile.
      return List.of();
    } catch (RuntimeException e) {
      throw new IOException("it holds no rows of traces", e);
    }
  }

  /**
   * Refuses a store of an earlier version, which would seem to be empty.
   *
   * @throws TraceException if it is one
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
