package org.sysretreplay.spark.source;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameScan;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Reads a part file by decoding each row into a frame: for the reading as recorded, and for files
 * that lack columns.
 */
final class CodedFrames implements FrameChunks {

  private final Reading reading;
  private final ParquetFiles files;
  private final FrameScan scan;
  private final FrameBuffer frames = new FrameBuffer();

  CodedFrames(FramePart part, Map<String, String> settings, Reading reading) throws IOException {
    this.reading = reading;
    files = new ParquetFiles(settings);
    try {
      scan = new FrameScan(files, part, EnumSet.allOf(FrameColumn.class));
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    frames.clear();
    if (!scan.next()) {
      return false;
    }
    for (int row = 0; row < scan.size(); row++) {
      add(scan.batch(), row);
    }
    return true;
  }

  private void add(FrameBatch batch, int row) {
    ExitFrame frame =
        switch (reading) {
          case ASSEMBLED -> FrameCodec.assembled(batch.row(row));
          case AS_RECORDED -> FrameCodec.asRecorded(batch.row(row));
        };
    if (frame.assembly().stage() != Stage.IN_KERNEL) {
      frames.add(frame);
    }
  }

  @Override
  public int size() {
    return frames.size();
  }

  @Override
  public ColumnVector column(FrameColumn column) {
    return frames.column(column);
  }

  @Override
  public void close() throws IOException {
    try (files) {
      scan.close();
    }
  }
}
