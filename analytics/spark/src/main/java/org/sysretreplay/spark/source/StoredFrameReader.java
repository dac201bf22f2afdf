package org.sysretreplay.spark.source;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Reads the frames of some parts of stores, some thousand at a time. */
final class StoredFrameReader implements PartitionReader<ColumnarBatch> {

  private final Iterator<StoredPieces.Piece> pieces;
  private final Map<String, String> settings;
  private final List<FrameField> fields;
  private final RowFilter filter;
  private final Reading reading;

  // Null before the first part and behind the last one.
  private FramePart part;
  private FrameChunks chunks;
  private QueryColumns columns;
  private ColumnarBatch batch;

  StoredFrameReader(
      StoredPieces.Some some, List<FrameField> fields, RowFilter filter, Reading reading) {
    pieces = some.pieces().iterator();
    settings = some.settings();
    this.fields = fields;
    this.filter = filter;
    this.reading = reading;
  }

  @Override
  public boolean next() throws IOException {
    while (chunks != null || pieces.hasNext()) {
      if (chunks == null) {
        open(pieces.next());
      }
      if (!nextChunk()) {
        close();
      } else if (batch.numRows() > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean nextChunk() {
    try {
      if (!chunks.next()) {
        return false;
      }
      batch = columns.batch(chunks.size(), chunks::column);
      return true;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private void open(StoredPieces.Piece piece) {
    part = piece.part();
    boolean leaveKernelsOut = piece.hasKernels() && reading == Reading.ASSEMBLED;
    RowFilter wanted = leaveKernelsOut ? StoredScan.withoutKernels(filter) : filter;
    columns = new QueryColumns(fields, wanted, part.workload(), part.trace(), piece::clock);
    try {
      chunks = chunks(wanted);
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private FrameChunks chunks(RowFilter wanted) throws IOException {
    Set<FrameColumn> needed = EnumSet.noneOf(FrameColumn.class);
    needed.addAll(FrameFields.columns(fields));
    needed.addAll(FrameFields.columns(wanted.fields()));
    return reading == Reading.ASSEMBLED && hasAll(needed)
        ? new VectorisedFrames(part, settings, needed, new RowGroupFilter(wanted).predicate())
        : new CodedFrames(part, settings, reading);
  }

  /**
   * Whether the file has these columns; its column of classes counts only if this version's numbers
   * are in it.
   */
  private boolean hasAll(Set<FrameColumn> needed) throws IOException {
    try (ParquetFiles files = new ParquetFiles(settings);
        ParquetFileReader file = part.open(files)) {
      FileMetaData footer = file.getFileMetaData();
      boolean hasClasses =
          footer.getKeyValueMetaData().entrySet().containsAll(FrameFile.METADATA.entrySet());
      return (hasClasses || !needed.contains(FrameColumn.FRAME_CLASS))
          && FrameSchema.of(footer.getSchema(), FrameOrigin.STORE).keySet().containsAll(needed);
    }
  }

  private TraceException unreadable(Exception e) {
    return StoredPieces.unreadable(part, part.unreadable(e));
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public void close() throws IOException {
    if (chunks != null) {
      chunks.close();
      chunks = null;
    }
  }
}
