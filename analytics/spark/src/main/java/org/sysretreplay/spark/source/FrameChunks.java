package org.sysretreplay.spark.source;

import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.sysretreplay.ingest.frames.FrameColumn;

/** Frames in columns, some thousand at a time. */
interface FrameChunks extends Closeable {

  /** Goes on to the next frames, which may be none; false at the end. */
  boolean next() throws IOException;

  /** How many frames there are. */
  int size();

  /** A column of these frames. */
  ColumnVector column(FrameColumn column);
}
