package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The file of a trace's mappings, which can be sent to another process that reads it.
 *
 * @param file a path or URI as Hadoop takes it; empty if the trace has none
 * @param footer the SHA-256 of the file's {@link org.sysretreplay.ingest.columnar.Footer}
 */
public record StoredMaps(String file, String footer) implements Serializable {

  /** For a trace without mappings. */
  public static final StoredMaps NONE = new StoredMaps("", "");

  /**
   * Reads the mappings.
   *
   * @throws TraceException if they cannot be read
   */
  public ExecutableMaps read(ParquetFiles files) {
    if (file.isEmpty()) {
      return ExecutableMaps.NONE;
    }
    try (ParquetFileReader reader = files.open(file, 0, Long.MAX_VALUE, footer)) {
      return MapTable.read(reader);
    } catch (IOException | RuntimeException e) {
      throw StoreSnapshot.unreadable(file, StoreTable.MAPS, e);
    }
  }
}
