package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/** The scan of stores for the table {@code frames}. */
record StoredScan(
    SourceOptions options,
    StructType readSchema,
    List<FrameField> fields,
    RowFilter filter,
    StoredPieces pieces)
    implements Batch, SupportsReportStatistics {

  private record Readers(List<FrameField> fields, RowFilter filter, Reading reading)
      implements PartitionReaderFactory {

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new StoredFrameReader((StoredPieces.Some) partition, fields, filter, reading);
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new IllegalStateException("frames are read in columns");
    }
  }

  /** The filter without rows of interrupts that hit the kernel. */
  static RowFilter withoutKernels(RowFilter filter) {
    List<FrameField> fields = new ArrayList<>(filter.fields());
    fields.add(new FrameField.Stored(FrameColumn.STAGE));
    List<RowFilter.Condition> all = new ArrayList<>(filter.all());
    all.add(
        new RowFilter.Not(
            new RowFilter.Text(
                fields.size() - 1,
                RowFilter.Operator.EQUAL,
                UTF8String.fromString(Stage.IN_KERNEL.key()))));
    return new RowFilter(fields, all);
  }

  @Override
  public String description() {
    return "sysret-store frames, %s, columns [%s], pushed filters [%s]"
        .formatted(pieces.describe(), String.join(", ", readSchema.fieldNames()), filter);
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return pieces.partitions().toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new Readers(fields, filter, options.reading());
  }

  /** The statistics of the files to read; they have at least as many rows as the query gets. */
  @Override
  public Statistics estimateStatistics() {
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(pieces.rows() * Long.BYTES * Math.max(1, fields.size()));
      }

      @Override
      public OptionalLong numRows() {
        return filter.isEmpty() ? OptionalLong.of(pieces.rows()) : OptionalLong.empty();
      }
    };
  }
}
