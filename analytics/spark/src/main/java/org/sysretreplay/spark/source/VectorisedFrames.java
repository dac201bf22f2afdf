package org.sysretreplay.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FramePart;

/**
 * Reads a part file with Spark's own vectorised reader: only the columns needed, and only row
 * groups and pages that may have a wanted row.
 */
final class VectorisedFrames implements FrameChunks {

  private static final int CAPACITY = 1 << 12;

  private final List<FrameColumn> columns;
  private final VectorizedParquetRecordReader reader =
      new VectorizedParquetRecordReader(false, CAPACITY);

  VectorisedFrames(
      FramePart part,
      Map<String, String> settings,
      Set<FrameColumn> columns,
      Optional<FilterPredicate> filter)
      throws IOException {
    this.columns = List.copyOf(columns);
    Configuration configuration = configuration(settings);
    filter.ifPresent(it -> ParquetInputFormat.setFilterPredicate(configuration, it));
    try {
      reader.initialize(
          split(part), new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
      reader.initBatch(new StructType(), InternalRow.empty());
      reader.enableReturningBatches();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private Configuration configuration(Map<String, String> settings) {
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    StructType schema =
        FrameFields.schema(columns.stream().<FrameField>map(FrameField.Stored::new).toList());
    configuration.set(ParquetInputFormat.READ_SUPPORT_CLASS, ParquetReadSupport.class.getName());
    configuration.set(ParquetReadSupport.SPARK_ROW_REQUESTED_SCHEMA(), schema.json());
    // Spark's reader requires all of these settings and has no defaults for them.
    configuration.setBoolean(SQLConf.PARQUET_BINARY_AS_STRING().key(), false);
    configuration.setBoolean(SQLConf.PARQUET_INT96_AS_TIMESTAMP().key(), false);
    configuration.setBoolean(SQLConf.PARQUET_INFER_TIMESTAMP_NTZ_ENABLED().key(), false);
    configuration.setBoolean(SQLConf.LEGACY_PARQUET_NANOS_AS_LONG().key(), false);
    configuration.setBoolean(SQLConf.CASE_SENSITIVE().key(), true);
    configuration.setBoolean(SQLConf.NESTED_SCHEMA_PRUNING_ENABLED().key(), false);
    configuration.set(SQLConf.SESSION_LOCAL_TIMEZONE().key(), "UTC");
    configuration.setBoolean(ParquetInputFormat.PAGE_VERIFY_CHECKSUM_ENABLED, true);
    // It would start a thread for each range of bytes.
    configuration.setBoolean("parquet.hadoop.vectored.io.enabled", false);
    return configuration;
  }

  private static InputSplit split(FramePart part) {
    Path path =
        FileTrees.local(part.file())
            .map(it -> new Path(it.toUri()))
            .orElseGet(() -> new Path(part.file()));
    return new FileSplit(path, part.start(), part.bytes(), new String[0]);
  }

  @Override
  public boolean next() throws IOException {
    return reader.nextBatch();
  }

  @Override
  public int size() {
    return reader.resultBatch().numRows();
  }

  @Override
  public ColumnVector column(FrameColumn column) {
    return reader.resultBatch().column(columns.indexOf(column));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
