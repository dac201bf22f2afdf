package org.sysretreplay.ingest.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.spark.StoreLayout.Table;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The traces that a store held when it was asked. Only traces that have their row in {@code traces}
 * are read, whatever else lies in the folders.
 */
public final class StoreSnapshot {

  private final SparkSession spark;
  private final StoreLayout layout;
  private final FileSystem files;

  /** The rows of {@code traces}: one for each trace, few beside the frames. */
  private final List<Row> traces;

  private StoreSnapshot(
      SparkSession spark, StoreLayout layout, FileSystem files, List<Row> traces) {
    this.spark = spark;
    this.layout = layout;
    this.files = files;
    this.traces = traces;
  }

  static StoreSnapshot of(SparkSession spark, StoreLayout layout, FileSystem files) {
    return new StoreSnapshot(
        spark, layout, files, new TraceRows(files, layout.table(Table.TRACES)).read());
  }

  /** Where the store's tasks run. */
  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Whether there is no trace. */
  public boolean isEmpty() {
    return traces.isEmpty();
  }

  /** The sum of the counts of all traces. */
  public Counts counts(Reading reading) {
    return traces.stream()
        .map(row -> TraceColumns.counts(row, reading))
        .reduce(Counts.ZERO, Counts::plus);
  }

  /**
   * One trace of the store.
   *
   * @param kernelRelease of the kernel that it was recorded on; empty where it does not say
   */
  public record Trace(String workload, String id, String kernelRelease, TimeSpan span) {}

  /** All traces. */
  public List<Trace> traces() {
    return traces.stream()
        .map(
            row ->
                new Trace(
                    row.getAs("workload"),
                    row.getAs("trace"),
                    Optional.<String>ofNullable(row.getAs("kernel_release")).orElse(""),
                    TraceColumns.span(row)))
        .toList();
  }

  /** The workloads that there are traces of, each once. */
  public List<String> workloads() {
    return traces.stream().map(row -> row.<String>getAs("workload")).distinct().toList();
  }

  /**
   * The files of all frames in parts that one task each can read.
   *
   * @param maxBytes how large a part is at most, but for a row group that is larger
   */
  public List<FramePart> parts(long maxBytes) {
    List<FramePart> parts = new ArrayList<>();
    for (Row row : traces) {
      String workload = row.getAs("workload");
      String trace = row.getAs("trace");
      for (FileStatus file : list(layout.trace(Table.FRAMES, workload, trace))) {
        for (long start = 0; start < file.getLen(); start += maxBytes) {
          String path = file.getPath().toString();
          long end = Math.min(start + maxBytes, file.getLen());
          parts.add(new FramePart(workload, trace, path, start, end));
        }
      }
    }
    return parts;
  }

  private List<FileStatus> list(Path folder) {
    try {
      return Stream.of(files.listStatus(folder))
          .filter(it -> it.getPath().getName().endsWith(".parquet"))
          .toList();
    } catch (FileNotFoundException e) {
      throw gone(folder);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static TraceException gone(Path folder) {
    return TraceException.of(
        folder.toString(), "the frames of this trace are gone", "ingest the trace again");
  }

  private static TraceException unreadable(Path path, IOException e) {
    return TraceException.of(
        path.toString(), "it cannot be read (" + e.getMessage() + ")", "check the store", e);
  }

  /** The frames of all traces, with the columns workload and trace. */
  public Dataset<Row> frames() {
    return table(Table.FRAMES, FrameColumns.SCHEMA);
  }

  /** The rejects of all traces, with the columns workload and trace. */
  public Dataset<Row> rejects() {
    return table(Table.REJECTS, TraceColumns.REJECTS);
  }

  /** How many rejects of one reason there are, and the first of them by file and position. */
  public record RejectCount(long count, Reject first) {}

  /** The rejects of all traces by reason; only reasons that occurred. */
  public List<RejectCount> rejectCounts() {
    if (counts(Reading.ASSEMBLED).rejected() == 0) {
      return List.of();
    }
    Column[] columns =
        Stream.of(TraceColumns.REJECTS.fieldNames()).map(functions::col).toArray(Column[]::new);
    return rejects()
        .groupBy("reason")
        .agg(functions.count(functions.lit(1)), functions.min(functions.struct(columns)))
        .collectAsList()
        .stream()
        .map(row -> new RejectCount(row.getLong(1), TraceColumns.toReject(row.getStruct(2))))
        .toList();
  }

  private Dataset<Row> table(Table table, StructType schema) {
    List<Path> folders = new ArrayList<>();
    for (Row row : traces) {
      Path folder = layout.trace(table, row.getAs("workload"), row.getAs("trace"));
      if (exists(folder)) {
        folders.add(folder);
      } else if (table == Table.FRAMES) {
        throw gone(folder);
      }
    }
    return parquet(spark, schema, layout.table(table), folders);
  }

  private boolean exists(Path path) {
    try {
      return files.exists(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Dataset<Row> parquet(
      SparkSession spark, StructType schema, Path base, List<Path> folders) {
    StructType partitioned =
        schema.add("workload", DataTypes.StringType).add("trace", DataTypes.StringType);
    if (folders.isEmpty()) {
      return spark.createDataFrame(List.of(), partitioned);
    }
    return spark
        .read()
        .schema(partitioned)
        .option("basePath", base.toString())
        // The names are taken as they stand: a folder may be called run[1].
        .option(DataSource.GLOB_PATHS_KEY(), "false")
        .parquet(folders.stream().map(Path::toString).toArray(String[]::new));
  }
}
