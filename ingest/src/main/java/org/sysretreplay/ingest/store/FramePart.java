package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

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

  /** A reader of these row groups only. */
  ParquetFileReader open(Configuration options) throws IOException {
    Path path = new Path(file);
    HadoopReadOptions.Builder range = HadoopReadOptions.builder(options, path);
    range.withRange(start, end);
    return ParquetFileReader.open(HadoopInputFile.fromPath(path, options), range.build());
  }
}
