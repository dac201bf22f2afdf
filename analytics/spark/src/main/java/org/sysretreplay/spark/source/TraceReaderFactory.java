package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TracePart;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.engine.TaskCores;

/**
 * Makes the readers of trace files for tasks.
 *
 * @param fields the columns of the table {@code frames} to read
 * @param filter the frames to read
 */
record TraceReaderFactory(
    SourceTable table,
    List<FrameField> fields,
    RowFilter filter,
    Reading reading,
    boolean permissive)
    implements PartitionReaderFactory {

  /** The part of a trace that one task reads. */
  record Trace(TracePart part) implements InputPartition, Serializable {}

  private OpenTrace open(InputPartition partition) {
    return TaskCores.use(() -> new OpenTrace(((Trace) partition).part(), reading, permissive));
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return table == SourceTable.FRAMES;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    TraceInput input = ((Trace) partition).part().input();
    OpenTrace trace = open(partition);
    QueryColumns columns =
        new QueryColumns(fields, filter, input.workload(), input.traceId(), trace::clock);
    return new TraceFrameReader(trace, columns);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new TraceRowReader(((Trace) partition).part().input(), open(partition), table, reading);
  }
}
