package org.sysretreplay.spark.source;

import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.sysretreplay.ingest.frames.FrameColumn;

/** Frames as columns, some thousand at a time. */
interface FrameChunks extends Closeable {

  /** Goes to the next chunk, which may be empty; false at the end. */
  boolean next() throws IOException;

  /** The number of frames in this chunk. */
  int size();

  /** A column of the frames in this chunk. */
  ColumnVector column(FrameColumn column);
}
