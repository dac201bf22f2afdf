package org.sysretreplay.spark.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;
import org.sysretreplay.spark.engine.TaskCores;

/** Reads the rejects of a trace, or the one row of the trace itself. */
final class TraceRowReader implements PartitionReader<InternalRow> {

  private final TraceInput input;
  private final OpenTrace trace;
  private final SourceTable table;
  private final Reading reading;
  private InternalRow row;
  private boolean ended;

  TraceRowReader(TraceInput input, OpenTrace trace, SourceTable table, Reading reading) {
    this.input = input;
    this.trace = trace;
    this.table = table;
    this.reading = reading;
  }

  @Override
  public boolean next() {
    return TaskCores.use(this::read);
  }

  private boolean read() {
    while (!ended) {
      TraceRecord record = trace.next();
      ended = record == null;
      if (table == SourceTable.REJECTS && record instanceof Rejected rejected) {
        row = SmallRows.row(input.workload(), input.traceId(), rejected.reject());
        return true;
      }
      if (table == SourceTable.TRACES && ended) {
        row = SmallRows.row(trace.facts(), reading);
        return true;
      }
    }
    return false;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return RecordMetric.of(RecordMetric.values(), trace.counts());
  }

  @Override
  public void close() {
    trace.close();
  }
}
