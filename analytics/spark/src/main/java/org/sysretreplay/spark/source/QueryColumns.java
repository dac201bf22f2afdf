package org.sysretreplay.spark.source;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.WallClock;

/**
 * Makes the batches of a query, with its columns and rows, from the columns of frames. For one part
 * of a trace; not thread-safe.
 */
final class QueryColumns {

  private final List<FrameField> wanted;
  private final RowFilter filter;
  private final ColumnVector workload;
  private final ColumnVector trace;
  private final Supplier<WallClock> clock;
  private final Map<FrameField, Vectors.Verdicts> verdicts = new HashMap<>();

  /**
   * @param clock gives what is known of the trace's clock; only asked once frames are there, since
   *     a pipe tells it just before its first frame
   */
  QueryColumns(
      List<FrameField> wanted,
      RowFilter filter,
      String workload,
      String traceId,
      Supplier<WallClock> clock) {
    this.clock = clock;
    this.wanted = wanted;
    this.filter = filter;
    this.workload = new Vectors.OneText(workload);
    trace = new Vectors.OneText(traceId);
  }

  /**
   * The batch for Spark; it may be empty.
   *
   * @param stored gives the columns of the rows
   */
  ColumnarBatch batch(int rows, Function<FrameColumn, ColumnVector> stored) {
    int[] selected = filter.isEmpty() ? null : selected(rows, stored);
    boolean all = selected == null || selected.length == rows;
    Stream<ColumnVector> columns = wanted.stream().map(it -> column(it, stored));
    ColumnVector[] vectors =
        (all ? columns : columns.map(it -> new Vectors.Selected(it, selected)))
            .toArray(ColumnVector[]::new);
    return new ColumnarBatch(vectors, all ? rows : selected.length);
  }

  private int[] selected(int rows, Function<FrameColumn, ColumnVector> stored) {
    Row row =
        new Row(
            filter.fields().stream().map(it -> column(it, stored)).toArray(ColumnVector[]::new));
    int[] selected = new int[rows];
    int count = 0;
    for (row.index = 0; row.index < rows; row.index++) {
      if (filter.wants(row)) {
        selected[count++] = row.index;
      }
    }
    return Arrays.copyOf(selected, count);
  }

  private ColumnVector column(FrameField field, Function<FrameColumn, ColumnVector> stored) {
    if (field instanceof FrameField.OfTrace of) {
      return switch (of) {
        case WORKLOAD -> workload;
        case TRACE -> trace;
      };
    }
    if (field instanceof FrameField.Stored of) {
      return stored.apply(of.column());
    }
    if (field instanceof FrameField.Hex of) {
      return new Vectors.HexTexts(stored.apply(of.column()));
    }
    if (field instanceof FrameField.Derived of) {
      return switch (of) {
        case WALL_TIME -> new Vectors.WallTimes(stored.apply(FrameColumn.TS_NS), clock.get());
      };
    }
    FrameField.Judged of = (FrameField.Judged) field;
    return new Vectors.JudgedTexts(
        stored.apply(FrameColumn.FRAME_CLASS),
        verdicts.computeIfAbsent(of, it -> new Vectors.Verdicts(of)));
  }

  /** A row for the filter. */
  private static final class Row implements RowFilter.Row {

    private final ColumnVector[] columns;
    private int index;

    Row(ColumnVector[] columns) {
      this.columns = columns;
    }

    @Override
    public boolean isNull(int field) {
      return columns[field].isNullAt(index);
    }

    @Override
    public long number(int field) {
      return columns[field].getLong(index);
    }

    @Override
    public UTF8String text(int field) {
      return columns[field].getUTF8String(index);
    }
  }
}
