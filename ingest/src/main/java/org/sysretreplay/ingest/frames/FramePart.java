package org.sysretreplay.ingest.frames;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Some row groups of one Parquet file of frames: those whose middle lies in a range of bytes.
 * Adjacent ranges have every row group exactly once.
 *
 * @param file a path or URI as Hadoop takes it
 * @param footer the SHA-256 of the file's {@link org.sysretreplay.ingest.columnar.Footer}; empty if
 *     it is not known
 */
public record FramePart(
    String workload, String trace, String file, long start, long end, String footer)
    implements Serializable {

  /** Opens these row groups. */
  public ParquetFileReader open(ParquetFiles files) throws IOException {
    return files.open(file, start, end, footer);
  }

  /** The error for rows that cannot be read. */
  public TraceException unreadable(Exception e) {
    return TraceException.of(
        file,
        "it cannot be read as frames (" + OutputException.why(file, e) + ")",
        "ingest or generate it again",
        e);
  }

  /** The length of the range in bytes. */
  public long bytes() {
    return end - start;
  }
}
