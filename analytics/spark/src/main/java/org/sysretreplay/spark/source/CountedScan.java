package org.sysretreplay.spark.source;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.engine.SparkWorkers;

/**
 * The scan for an aggregation over the frames of stores that is answered by counting them by class.
 *
 * @param isWhole whether the scan gives the whole answer; if not, Spark sums the answers of the
 *     tasks
 */
record CountedScan(
    SourceOptions options,
    CountAggregation counting,
    RowFilter filter,
    StoredPieces pieces,
    boolean isWhole)
    implements Scan, Batch {

  /** The work of executors. */
  private record Count(CountAggregation counting, RowFilter filter, Reading reading)
      implements Workers.Work<StoredPieces.Some, GroupSums> {

    @Override
    public GroupSums zero() {
      return new GroupSums();
    }

    @Override
    public GroupSums of(StoredPieces.Some parts) {
      return new FrameCounts(counting.by(), filter, reading).of(parts);
    }

    @Override
    public GroupSums merge(GroupSums left, GroupSums right) {
      return left.plus(right);
    }
  }

  /** Readers of tasks that each count their parts. */
  private record PartReaders(Count count) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      GroupSums sums = count.of((StoredPieces.Some) partition);
      return new RowsReader(sums.rows(count.counting()).iterator());
    }
  }

  /** The single partition of a whole answer. */
  private record Whole() implements InputPartition {}

  /** The reader of a whole answer, which was counted before. */
  private record WholeReaders(GroupSums sums, CountAggregation counting)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new RowsReader(sums.rows(counting).iterator());
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

  /**
   * Stated here, so that Spark need not ask the readers, for which frames would be counted, just to
   * show a plan.
   */
  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return isWhole
        ? new InputPartition[] {new Whole()}
        : pieces.partitions().toArray(InputPartition[]::new);
  }

  /**
   * Called when the query runs. For a whole answer it runs a job of its own that counts; this takes
   * a third of the time of a sum that Spark plans with a shuffle (benchmark
   * source/counting-against-engine).
   */
  @Override
  public PartitionReaderFactory createReaderFactory() {
    Count count = new Count(counting, filter, options.reading());
    return isWhole ? new WholeReaders(counted(count), counting) : new PartReaders(count);
  }

  private GroupSums counted(Count count) {
    return SparkWorkers.ofAnother(SparkSession.active().sparkContext(), Map.of())
        .merge("count frames by class", pieces.partitions(), count);
  }
}
