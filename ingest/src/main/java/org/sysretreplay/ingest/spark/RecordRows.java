package org.sysretreplay.ingest.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * The rows of one trace, read inside a task as they are asked for. The file is closed with the
 * task.
 */
final class RecordRows implements Iterator<Row> {

  private final CountingReader reader;
  private final Function<TraceRecord, Optional<Row>> toRow;
  private Row next;

  /**
   * @param toRow the row of a record, or nothing for records that have none
   */
  RecordRows(TraceInput input, Function<TraceRecord, Optional<Row>> toRow) {
    this.toRow = toRow;
    reader = input.open(Reading.ASSEMBLED);
    TaskCompletionListener close = context -> reader.close();
    TaskContext.get().addTaskCompletionListener(close);
  }

  @Override
  public boolean hasNext() {
    while (next == null && reader.hasNext()) {
      next = toRow.apply(reader.next()).orElse(null);
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
