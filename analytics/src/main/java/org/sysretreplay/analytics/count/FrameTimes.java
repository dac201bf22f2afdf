package org.sysretreplay.analytics.count;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Finds the times of frames in the file's footer or, if it does not have them, by reading the
 * column.
 */
public final class FrameTimes {

  private static final int BATCH = 1 << 14;

  private FrameTimes() {}

  /**
   * The span from the earliest frame of a part to the latest.
   *
   * @throws TraceException if the file cannot be read
   */
  public static TimeSpan span(ParquetFiles files, FramePart part) {
    try (ParquetFileReader reader = part.open(files)) {
      Map<FrameColumn, ColumnDescriptor> there =
          FrameSchema.of(reader.getFileMetaData().getSchema(), FrameOrigin.TRACE);
      ColumnDescriptor times = there.get(FrameColumn.TS_NS);
      return times == null ? TimeSpan.NONE : span(reader, times);
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }

  private static TimeSpan span(ParquetFileReader reader, ColumnDescriptor times)
      throws IOException {
    ParquetFiles.want(reader, List.of(times));
    TimeSpan span = TimeSpan.NONE;
    for (int group = 0; group < reader.getRowGroups().size(); group++) {
      Optional<TimeSpan> told = told(reader.getRowGroups().get(group), times);
      span = span.plus(told.isPresent() ? told.get() : read(reader, group, times));
    }
    return span;
  }

  /** The span by the statistics in the footer, if they have it. */
  private static Optional<TimeSpan> told(BlockMetaData group, ColumnDescriptor times) {
    Statistics<?> statistics = statistics(group, ColumnPath.get(times.getPath()));
    if (statistics.isNumNullsSet() && statistics.getNumNulls() == group.getRowCount()) {
      return Optional.of(TimeSpan.NONE);
    }
    if (statistics instanceof LongStatistics numbers && numbers.hasNonNullValue()) {
      TimeSpan span = new TimeSpan(numbers.getMin(), numbers.getMax());
      // Statistics of unsigned numbers above the signed range are ordered differently and look
      // empty here.
      return Optional.of(span).filter(it -> !it.isEmpty());
    }
    return Optional.empty();
  }

  private static Statistics<?> statistics(BlockMetaData group, ColumnPath path) {
    return group.getColumns().stream()
        .filter(it -> it.getPath().equals(path))
        .findFirst()
        .map(ColumnChunkMetaData::getStatistics)
        .orElseThrow(() -> new IllegalArgumentException("a row group has no column " + path));
  }

  private static TimeSpan read(ParquetFileReader reader, int group, ColumnDescriptor times)
      throws IOException {
    try (PageReadStore pages = reader.readRowGroup(group)) {
      ColumnCursor cursor =
          new ColumnCursor(times, pages.getPageReader(times), LongUnaryOperator.identity());
      int[] codes = new int[BATCH];
      TimeSpan span = TimeSpan.NONE;
      for (long left = pages.getRowCount(); left > 0; left -= BATCH) {
        int count = (int) Math.min(left, BATCH);
        cursor.forget();
        cursor.readCodes(codes, count);
        span = span.plus(span(cursor, codes, count));
      }
      return span;
    }
  }

  private static TimeSpan span(ColumnCursor cursor, int[] codes, int count) {
    long first = TimeSpan.NONE.first();
    long last = TimeSpan.NONE.last();
    for (int row = 0; row < count; row++) {
      if (codes[row] != ColumnCursor.NULL) {
        first = Math.min(first, cursor.number(codes[row]));
        last = Math.max(last, cursor.number(codes[row]));
      }
    }
    return new TimeSpan(first, last);
  }
}
