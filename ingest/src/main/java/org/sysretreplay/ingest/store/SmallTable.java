package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.sysretreplay.ingest.columnar.PageCodecs;
import org.sysretreplay.ingest.columnar.ReproducibleFile;

/**
 * Reads and writes Parquet files of few rows, with an object for each row, as the Parquet library
 * has them.
 */
final class SmallTable {

  private SmallTable() {}

  /** A file that is being written, row by row. */
  static final class Writer implements Closeable {

    private final PageCodecs codecs = new PageCodecs();
    private final ParquetWriter<Group> writer;
    private long rows;

    Writer(OutputFile target, MessageType schema) throws IOException {
      this(target, schema, Map.of());
    }

    Writer(OutputFile target, MessageType schema, Map<String, String> metadata) throws IOException {
      writer =
          ExampleParquetWriter.builder(ReproducibleFile.small(target))
              .withConf(new PlainParquetConfiguration())
              .withCodecFactory(codecs)
              .withType(schema)
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withExtraMetaData(metadata)
              .build();
    }

    void add(Group row) throws IOException {
      writer.write(row);
      rows++;
    }

    /** How many rows were added. */
    long rows() {
      return rows;
    }

    @Override
    public void close() throws IOException {
      try (codecs) {
        writer.close();
      }
    }
  }

  /** Reads all rows of a file, with one row group in memory at a time. */
  static void read(ParquetFileReader file, Consumer<Group> to) throws IOException {
    MessageType schema = file.getFileMetaData().getSchema();
    MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
    for (PageReadStore group = file.readNextRowGroup();
        group != null;
        group = file.readNextRowGroup()) {
      try (PageReadStore pages = group) {
        RecordReader<Group> rows = columns.getRecordReader(pages, new GroupRecordConverter(schema));
        for (long left = pages.getRowCount(); left > 0; left--) {
          to.accept(rows.read());
        }
      }
    }
  }
}
