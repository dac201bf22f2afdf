package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Where the maps of a trace lie, for whoever reads them.
 *
 * @param file a path or URI as Hadoop takes it; empty where the trace has none
 * @param footer the SHA-256 of the file's {@link org.sysretreplay.ingest.columnar.Footer}
 */
public record StoredMaps(String file, String footer) implements Serializable {

  /** Of a trace that has none. */
  public static final StoredMaps NONE = new StoredMaps("", "");

  /**
   * Reads them.
   *
   * @throws TraceException where that cannot be done
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
