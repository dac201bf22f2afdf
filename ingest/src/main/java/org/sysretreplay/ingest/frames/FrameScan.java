package org.sysretreplay.ingest.frames;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.ParquetFiles;

/** Reads the rows of a store's part file in their order, some thousand at a time. */
public final class FrameScan implements Closeable {

  private static final int BATCH = 1 << 12;

  private final ParquetFileReader reader;
  private final Map<FrameColumn, ColumnDescriptor> columns;
  private PageReadStore pages;
  private FrameBatch batch;
  private long left;
  private int size;

  /** The index of the next row group of the part. */
  private int nextGroup;

  /**
   * Opens a part.
   *
   * @param wanted the columns that are read if the file has them
   * @throws FrameSchemaException if the file does not hold frames
   */
  public FrameScan(ParquetFiles files, FramePart part, Set<FrameColumn> wanted) throws IOException {
    reader = part.open(files);
    try {
      columns = FrameSchema.of(reader.getFileMetaData().getSchema(), FrameOrigin.STORE);
      columns.keySet().retainAll(wanted);
      ParquetFiles.want(reader, columns.values());
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Goes on to the next rows; false if there are none. */
  public boolean next() throws IOException {
    while (left == 0) {
      if (!nextGroup()) {
        return false;
      }
    }
    size = (int) Math.min(left, BATCH);
    batch.forget();
    batch.read(size);
    left -= size;
    return true;
  }

  private boolean nextGroup() throws IOException {
    closePages();
    pages = reader.readNextRowGroup();
    nextGroup++;
    if (pages == null) {
      return false;
    }
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    columns.forEach(
        (column, descriptor) ->
            cursors.put(
                column,
                new ColumnCursor(
                    descriptor, pages.getPageReader(descriptor), LongUnaryOperator.identity())));
    batch = new FrameBatch(cursors, List.of(), BATCH);
    left = pages.getRowCount();
    return true;
  }

  /** The footer's statistics of a row group's frame numbers, if it has them. */
  public static Optional<LongStatistics> numbers(BlockMetaData group) {
    return group.getColumns().stream()
        .filter(it -> it.getPath().toDotString().equals(FrameColumn.SEQ.key()))
        .map(it -> it.getStatistics())
        .filter(it -> it instanceof LongStatistics && it.hasNonNullValue())
        .map(LongStatistics.class::cast)
        .findFirst();
  }

  /**
   * Whether the scan is at the end of a row group and, by the footer, every row of the next one has
   * a greater number.
   */
  public boolean isNextAfter(long seq) {
    List<BlockMetaData> groups = reader.getRowGroups();
    return left == 0
        && nextGroup < groups.size()
        && numbers(groups.get(nextGroup)).filter(it -> it.getMin() > seq).isPresent();
  }

  /** The number of rows of the present batch. */
  public int size() {
    return size;
  }

  /** The present batch, valid until {@link #next}. */
  public FrameBatch batch() {
    return batch;
  }

  private void closePages() {
    if (pages != null) {
      pages.close();
      pages = null;
    }
  }

  @Override
  public void close() throws IOException {
    closePages();
    reader.close();
  }
}
