package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/** Writes Parquet files of a few rows, as {@link ParquetFiles#rows} reads them. */
public final class SmallTable {

  private SmallTable() {}

  /**
   * A new file of those rows.
   *
   * @param schema columns of text and of 64-bit numbers
   * @param rows by the names of the columns: a String, a Long, or no entry where there is no value
   */
  public static void write(OutputFile target, MessageType schema, List<Map<String, Object>> rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(target)
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Map<String, Object> row : rows) {
        writer.write(group(schema, row));
      }
    }
  }

  private static Group group(MessageType schema, Map<String, Object> row) {
    Group group = new SimpleGroup(schema);
    row.forEach(
        (column, value) -> {
          if (value instanceof Long number) {
            group.add(column, (long) number);
          } else {
            group.add(column, (String) value);
          }
        });
    return group;
  }
}
