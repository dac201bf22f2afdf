package org.sysretreplay.ingest.frames;

import java.io.Serializable;

/**
 * Some row groups of one Parquet file of frames: those whose middle lies in a range of bytes, so
 * that ranges side by side have every row group once.
 *
 * @param file a path or URI as Hadoop takes it
 */
public record FramePart(String workload, String trace, String file, long start, long end)
    implements Serializable {

  /** How many bytes of the file the range has at most. */
  public long bytes() {
    return end - start;
  }
}
