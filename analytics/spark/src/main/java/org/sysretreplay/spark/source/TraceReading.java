package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Reading;

/**
 * What tasks make of trace files.
 *
 * @param fields the columns of frames that are wanted
 * @param filter the frames that are wanted
 */
record TraceReading(
    SourceTable table,
    List<FrameField> fields,
    RowFilter filter,
    Reading reading,
    boolean permissive)
    implements PartitionReaderFactory {

  /**
   * A trace that one task reads from its start to its end: what its events come to depends on those
   * before them.
   */
  record Trace(TraceInput input) implements InputPartition, Serializable {}

  private OpenTrace open(InputPartition partition) {
    return new OpenTrace(((Trace) partition).input(), reading, permissive);
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return table == SourceTable.FRAMES;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    TraceInput input = ((Trace) partition).input();
    FrameColumns columns = new FrameColumns(fields, filter, input.workload(), input.traceId());
    return new TraceFrames(open(partition), columns);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new TraceRows(((Trace) partition).input(), open(partition), table, reading);
  }
}
