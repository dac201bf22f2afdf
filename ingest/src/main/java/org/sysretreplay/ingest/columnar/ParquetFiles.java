package org.sysretreplay.ingest.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Opens Parquet files with one set of decompressors: looking up Hadoop's options for every file
 * takes longer than reading a small one (benchmark replay/from-classes). Not for use by several
 * threads.
 */
public final class ParquetFiles implements Closeable {

  private final Configuration options;
  private final PageCodecs codecs;

  public ParquetFiles(Configuration options) {
    this.options = options;
    codecs = new PageCodecs(options);
  }

  /**
   * Opens the row groups whose middle lies in that range of bytes.
   *
   * @param file a path or URI as Hadoop takes it
   */
  public ParquetFileReader open(String file, long start, long end) throws IOException {
    return open(new Path(file), start, end);
  }

  private ParquetFileReader open(Path file, long start, long end) throws IOException {
    ParquetReadOptions read =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            // Would start a thread for each range of bytes.
            .withUseHadoopVectoredIo(false)
            .withRange(start, end)
            .build();
    return ParquetFileReader.open(HadoopInputFile.fromPath(file, options), read);
  }

  /**
   * All rows of a small file, by the names of the columns: a String, a Long, or no entry where
   * there is no value.
   */
  public List<Map<String, Object>> rows(Path file) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (ParquetFileReader reader = open(file, 0, Long.MAX_VALUE)) {
      List<ColumnDescriptor> columns = reader.getFileMetaData().getSchema().getColumns();
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        try (PageReadStore pages = group) {
          addRows(pages, columns, rows);
        }
      }
    }
    return rows;
  }

  private static void addRows(
      PageReadStore pages, List<ColumnDescriptor> columns, List<Map<String, Object>> rows) {
    int count = (int) pages.getRowCount();
    int first = rows.size();
    for (int row = 0; row < count; row++) {
      rows.add(new HashMap<>());
    }
    for (ColumnDescriptor column : columns) {
      ColumnCursor cursor =
          new ColumnCursor(column, pages.getPageReader(column), LongUnaryOperator.identity());
      int[] codes = new int[count];
      cursor.readCodes(codes, count);
      for (int row = 0; row < count; row++) {
        if (codes[row] != ColumnCursor.NULL) {
          rows.get(first + row).put(column.getPath()[0], cursor.value(codes[row]));
        }
      }
    }
  }

  @Override
  public void close() {
    codecs.close();
  }
}
