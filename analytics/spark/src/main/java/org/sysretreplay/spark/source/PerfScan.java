package org.sysretreplay.spark.source;

import java.util.List;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TracePart;

/**
 * The scan of trace files: a task for each file, or for each part of a large one.
 *
 * @param wanted the columns of the query
 * @param fields the same columns for the table {@code frames}; empty for other tables
 */
record PerfScan(SourceOptions options, StructType wanted, List<FrameField> fields, RowFilter filter)
    implements Scan, Batch {

  @Override
  public StructType readSchema() {
    return wanted;
  }

  @Override
  public String description() {
    return "perf %s of %s, columns [%s], pushed filters [%s]"
        .formatted(
            options.table().key(),
            String.join(", ", options.paths()),
            String.join(", ", wanted.fieldNames()),
            filter);
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    return new PerfStream(this, checkpointLocation);
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return options.table() == SourceTable.FRAMES
        ? ColumnarSupportMode.SUPPORTED
        : ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return RecordMetric.all();
  }

  /** A file that cannot be opened fails the query here; a damaged one does so later. */
  @Override
  public InputPartition[] planInputPartitions() {
    List<TraceInput> wanted = wanted(SourcePaths.find(options));
    return partitions(new TraceParts(this).of(wanted));
  }

  /** One partition for each of these traces, as far as the filter wants them. */
  InputPartition[] wholePartitions(List<TraceInput> traces) {
    return partitions(wanted(traces).stream().map(TracePart::all).toList());
  }

  /** The traces that may have a row that the filter wants. */
  private List<TraceInput> wanted(List<TraceInput> traces) {
    return traces.stream()
        .filter(it -> !filter.excludes(new OfTrace(filter, it.workload(), it.traceId())))
        .toList();
  }

  private static InputPartition[] partitions(List<TracePart> parts) {
    return parts.stream().map(TraceReaderFactory.Trace::new).toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new TraceReaderFactory(
        options.table(), fields, filter, options.reading(), options.permissive());
  }

  /** A row for the filter of which only the trace is known. */
  record OfTrace(RowFilter filter, String workload, String traceId) implements RowFilter.Row {

    @Override
    public boolean isKnown(int field) {
      return filter.fields().get(field) instanceof FrameField.OfTrace;
    }

    @Override
    public boolean isNull(int field) {
      return false;
    }

    @Override
    public long number(int field) {
      throw new IllegalStateException("no number is known");
    }

    @Override
    public UTF8String text(int field) {
      return UTF8String.fromString(
          switch ((FrameField.OfTrace) filter.fields().get(field)) {
            case WORKLOAD -> workload;
            case TRACE -> traceId;
          });
    }
  }
}
