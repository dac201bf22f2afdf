package org.sysretreplay.ingest.frames;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;

/**
 * Some row groups of one Parquet file of frames: those whose middle lies in a range of bytes, so
 * that ranges side by side have every row group once.
 *
 * @param file a path or URI as Hadoop takes it
 * @param footer the SHA-256 of the file's {@link org.sysretreplay.ingest.columnar.Footer}; empty
 *     where nobody has digested it
 */
public record FramePart(
    String workload, String trace, String file, long start, long end, String footer)
    implements Serializable {

  /** Opens these row groups. */
  public ParquetFileReader open(ParquetFiles files) throws IOException {
    return files.open(file, start, end, footer);
  }

  /** How many bytes of the file the range has at most. */
  public long bytes() {
    return end - start;
  }
}
