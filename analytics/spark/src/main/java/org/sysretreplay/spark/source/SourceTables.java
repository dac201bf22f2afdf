package org.sysretreplay.spark.source;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Reading;

/** Loads a table of traces and of stores through both data sources. */
public record SourceTables(
    SparkSession spark, Reading reading, Optional<String> workload, Optional<TraceFormat> format) {

  /**
   * The rows of all inputs, those of traces first.
   *
   * @param inputs at least one trace or store
   */
  public Dataset<Row> load(SourceTable table, Inputs inputs) {
    List<String> traces = inputs.traces().stream().map(TraceInput::path).toList();
    if (inputs.stores().isEmpty()) {
      return load(SourceKind.PERF, table, traces);
    }
    Dataset<Row> stored = load(SourceKind.STORE, table, inputs.stores());
    return traces.isEmpty()
        ? stored
        : load(SourceKind.PERF, table, traces).unionByName(stored, true);
  }

  private Dataset<Row> load(SourceKind kind, SourceTable table, List<String> paths) {
    DataFrameReader reader =
        spark
            .read()
            .format(kind.format())
            .option(SourceOption.TABLE.key(), table.key())
            .option(SourceOption.AS_RECORDED.key(), reading == Reading.AS_RECORDED);
    if (kind == SourceKind.PERF) {
      workload.ifPresent(it -> reader.option(SourceOption.WORKLOAD.key(), it));
      format.ifPresent(it -> reader.option(SourceOption.FORMAT.key(), it.id()));
    }
    Dataset<Row> rows = reader.load(paths.stream().map(SourceTables::uri).toArray(String[]::new));
    return kind == SourceKind.STORE && workload.isPresent() ? under(workload.get(), rows) : rows;
  }

  /** The rows with another workload, in a column that is otherwise the same. */
  private static Dataset<Row> under(String workload, Dataset<Row> rows) {
    String key = FrameField.OfTrace.WORKLOAD.key();
    return rows.withColumn(key, functions.lit(workload))
        .withMetadata(key, rows.schema().apply(key).metadata());
  }

  /** A path of this machine as a URI, since Spark's usual file system may be another one. */
  private static String uri(String path) {
    return FileTrees.local(path).map(it -> it.toUri().toString()).orElse(path);
  }
}
