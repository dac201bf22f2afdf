package org.sysretreplay.spark.source;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.trace.Reading;

/** An aggregation over the frames of stores that is answered by counting them by class. */
record CountedScan(SourceOptions options, Counting counting, RowFilter filter, StoredPieces pieces)
    implements Scan, Batch {

  private record Readers(Counting counting, RowFilter filter, Reading reading)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      FrameCounts counts = new FrameCounts(counting.by(), filter, reading);
      return new MadeRows(counts.of((StoredPieces.Some) partition, counting).iterator());
    }
  }

  @Override
  public StructType readSchema() {
    return counting.schema();
  }

  @Override
  public String description() {
    return "sysret-store frames counted by class, %s, %s, pushed filters [%s]"
        .formatted(pieces.describe(), counting.describe(), filter);
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  /** Without groups there is a row also of no frames. */
  @Override
  public InputPartition[] planInputPartitions() {
    boolean isNone = pieces.partitions().isEmpty() && counting.by().isEmpty();
    List<StoredPieces.Some> partitions =
        isNone ? List.of(new StoredPieces.Some(List.of(), Map.of())) : pieces.partitions();
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new Readers(counting, filter, options.reading());
  }
}
