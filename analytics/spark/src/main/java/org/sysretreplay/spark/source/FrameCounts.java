package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.count.ClassColumns;
import org.sysretreplay.analytics.count.FrameCount;
import org.sysretreplay.analytics.count.FrameCounter;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.source.FrameField.Judged;
import org.sysretreplay.spark.source.FrameField.OfTrace;
import org.sysretreplay.spark.source.FrameField.Stored;

/** Counts frames by class and sums the counts of each group; not thread-safe. */
final class FrameCounts {

  private final List<FrameField> by;
  private final RowFilter filter;
  private final Reading reading;

  /** The columns to count by besides the class. */
  private final List<FrameColumn> columns;

  private final GroupSums groups = new GroupSums();

  FrameCounts(List<FrameField> by, RowFilter filter, Reading reading) {
    this.by = by;
    this.filter = filter;
    this.reading = reading;
    columns =
        Stream.concat(by.stream(), filter.fields().stream())
            .filter(Stored.class::isInstance)
            .map(it -> ((Stored) it).column())
            .filter(it -> !ClassColumns.areTold(it))
            .distinct()
            .toList();
  }

  /** The groups of the parts. */
  GroupSums of(StoredPieces.Some parts) {
    try (ParquetFiles files = new ParquetFiles(parts.settings())) {
      FrameCounter counter =
          new FrameCounter(
              files,
              FrameOrigin.STORE,
              reading,
              columns.stream()
                  .map(it -> new FrameCounter.Key(it, LongUnaryOperator.identity()))
                  .toList());
      for (StoredPieces.Piece piece : parts.pieces()) {
        count(counter, piece.part());
      }
    }
    return groups;
  }

  private void count(FrameCounter counter, FramePart part) {
    try {
      counter.count(part, it -> add(new Frames(part, it)));
    } catch (TraceException e) {
      throw StoredPieces.unreadable(part, e);
    }
  }

  private void add(Frames frames) {
    if (filter.wants(frames)) {
      List<Object> values = new ArrayList<>();
      by.forEach(it -> values.add(frames.value(it)));
      groups.add(values, frames.counted.rows(), frames.counted.exits());
    }
  }

  /** Frames that are alike, as a row for the filter. */
  private final class Frames implements RowFilter.Row {

    private final FramePart part;
    private final FrameCount counted;

    Frames(FramePart part, FrameCount counted) {
      this.part = part;
      this.counted = counted;
    }

    /** A String, a Long or null. */
    Object value(FrameField field) {
      if (field instanceof OfTrace of) {
        return switch (of) {
          case WORKLOAD -> part.workload();
          case TRACE -> part.trace();
        };
      }
      if (field instanceof Judged judged) {
        return judged.of(counted.frames()).orElse(null);
      }
      FrameColumn column = ((Stored) field).column();
      if (ClassColumns.areTold(column)) {
        return ClassColumns.value(column, counted.frames());
      }
      Object stored = counted.values().get(columns.indexOf(column));
      return ClassColumns.counted(column, stored, counted.frames(), reading);
    }

    @Override
    public boolean isNull(int field) {
      return value(filter.fields().get(field)) == null;
    }

    @Override
    public long number(int field) {
      return (Long) value(filter.fields().get(field));
    }

    @Override
    public UTF8String text(int field) {
      return UTF8String.fromString((String) value(filter.fields().get(field)));
    }
  }
}
