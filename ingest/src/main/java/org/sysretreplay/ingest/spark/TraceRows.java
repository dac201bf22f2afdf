package org.sysretreplay.ingest.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.columnar.SmallTable;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Reads and writes the table {@code traces} without a job: a row each for few traces, which a job
 * would take longer to plan than to read or write (benchmarks replay/from-classes and
 * ingest/perf-data).
 *
 * @param folder of the table
 */
record TraceRows(FileSystem files, Path folder) {

  private static final StructType SCHEMA =
      TraceColumns.TRACES.add("workload", DataTypes.StringType).add("trace", DataTypes.StringType);

  private static final String PART = "part-00000.parquet";
  private static final MessageType WRITTEN = written();

  /** All rows, with the columns workload and trace. */
  List<Row> read() {
    try (ParquetFiles parquet = new ParquetFiles(files.getConf())) {
      return list(folder)
          .filter(FileStatus::isDirectory)
          .flatMap(workload -> list(workload.getPath()))
          .filter(FileStatus::isDirectory)
          .flatMap(trace -> list(trace.getPath()))
          .filter(file -> file.getPath().getName().endsWith(".parquet"))
          .flatMap(file -> read(parquet, file.getPath()).stream())
          .toList();
    } catch (UncheckedIOException e) {
      throw TraceException.of(
          folder.toString(),
          "it cannot be read (" + e.getCause().getMessage() + ")",
          "check the store",
          e);
    }
  }

  /** A new file of one row of {@link TraceColumns#TRACES}, in a folder that is the trace's. */
  static void write(FileSystem files, Path folder, Map<String, Object> row) throws IOException {
    Path file = new Path(folder, PART);
    SmallTable.write(HadoopOutputFile.fromPath(file, files.getConf()), WRITTEN, List.of(row));
  }

  private static MessageType written() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    for (StructField field : TraceColumns.TRACES.fields()) {
      Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
      columns.addField(
          field.dataType().equals(DataTypes.StringType)
              ? Types.primitive(PrimitiveTypeName.BINARY, repetition)
                  .as(LogicalTypeAnnotation.stringType())
                  .named(field.name())
              : Types.primitive(PrimitiveTypeName.INT64, repetition).named(field.name()));
    }
    return columns.named("trace");
  }

  private Stream<FileStatus> list(Path path) {
    try {
      return Stream.of(files.listStatus(path)).sorted();
    } catch (FileNotFoundException e) {
      // A trace that is being replaced, or a store without any.
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Row> read(ParquetFiles parquet, Path file) {
    try {
      return parquet.rows(file).stream().map(it -> row(it, file.getParent())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Map<String, Object> values, Path trace) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("workload", named(trace.getParent()));
    all.put("trace", named(trace));
    return new GenericRowWithSchema(Stream.of(SCHEMA.fieldNames()).map(all::get).toArray(), SCHEMA);
  }

  /** What stands behind the equals sign of a folder's name. */
  private static String named(Path folder) {
    String name = folder.getName();
    return ExternalCatalogUtils.unescapePathName(name.substring(name.indexOf('=') + 1));
  }
}
