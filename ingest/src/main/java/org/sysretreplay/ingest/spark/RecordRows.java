package org.sysretreplay.ingest.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.sysretreplay.ingest.CountingReader;
import org.sysretreplay.ingest.Counts;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.TimeSpan;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.TraceRecord;

/**
 * The rows of one trace, read inside a task as they are asked for. The file is closed with the
 * task.
 */
final class RecordRows implements Iterator<Row> {

  /** What is known of a trace once all of it was read. */
  record Read(TraceHeader header, Counts counts, long inKernel, TimeSpan span)
      implements Serializable {}

  private final CountingReader reader;
  private final Function<TraceRecord, Optional<Row>> toRow;
  private final Consumer<Read> whenRead;
  private Row next;
  private boolean ended;

  /**
   * @param toRow the row of a record, or nothing for records that have none
   * @param whenRead told once, at the end of the trace
   */
  RecordRows(
      TraceInput input, Function<TraceRecord, Optional<Row>> toRow, Consumer<Read> whenRead) {
    this.toRow = toRow;
    this.whenRead = whenRead;
    reader = input.open(Reading.ASSEMBLED);
    TaskCompletionListener close = context -> reader.close();
    TaskContext.get().addTaskCompletionListener(close);
  }

  @Override
  public boolean hasNext() {
    while (next == null && reader.hasNext()) {
      next = toRow.apply(reader.next()).orElse(null);
    }
    if (next == null && !ended) {
      ended = true;
      whenRead.accept(new Read(reader.header(), reader.counts(), reader.inKernel(), reader.span()));
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end of the trace");
    }
    Row row = next;
    next = null;
    return row;
  }
}
