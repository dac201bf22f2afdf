package org.sysretreplay.spark.source;

import org.apache.spark.sql.vectorized.ColumnVector;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.frames.ColumnarFrames;
import org.sysretreplay.ingest.frames.FrameColumn;

/** Collects a block of frame objects into columns. */
final class FrameBuffer {

  private final ColumnarFrames rows = new ColumnarFrames();
  private final Vectors.TextCache texts = new Vectors.TextCache();

  void clear() {
    rows.clear();
  }

  boolean isFull() {
    return rows.size() >= ColumnarFrames.BLOCK_ROWS;
  }

  void add(ExitFrame frame) {
    rows.add(frame);
  }

  int size() {
    return rows.size();
  }

  ColumnVector column(FrameColumn column) {
    return switch (column.kind()) {
      case NUMBER -> new Vectors.Numbers(rows, column);
      case TEXT -> new Vectors.Texts(rows, column, texts);
    };
  }
}
