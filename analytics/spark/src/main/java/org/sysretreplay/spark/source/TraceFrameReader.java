package org.sysretreplay.spark.source;

import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.spark.engine.TaskCores;

/** Reads the frames of a trace, some thousand at a time. */
final class TraceFrameReader implements PartitionReader<ColumnarBatch> {

  private final OpenTrace trace;
  private final QueryColumns columns;
  private final FrameBuffer frames = new FrameBuffer();
  private ColumnarBatch batch;
  private boolean ended;

  TraceFrameReader(OpenTrace trace, QueryColumns columns) {
    this.trace = trace;
    this.columns = columns;
  }

  @Override
  public boolean next() {
    return TaskCores.use(this::read);
  }

  private boolean read() {
    while (!ended) {
      fill();
      batch = columns.batch(frames.size(), frames::column);
      if (batch.numRows() > 0) {
        return true;
      }
    }
    return false;
  }

  private void fill() {
    frames.clear();
    while (!ended && !frames.isFull()) {
      TraceRecord record = trace.next();
      ended = record == null;
      if (record instanceof Accepted accepted) {
        frames.add(accepted.frame());
      }
    }
  }

  @Override
  public ColumnarBatch get() {
    return batch;
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
