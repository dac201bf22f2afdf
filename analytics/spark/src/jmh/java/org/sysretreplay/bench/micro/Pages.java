package org.sysretreplay.bench.micro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;

/** Reads and unpacks pages as a scan does, and does nothing with them: no scan is faster. */
public final class Pages {

  private Pages() {}

  /** Unpacks the pages of some columns of a file, and returns their bytes. */
  public static long unpack(ParquetFiles files, Path file, Collection<String> columns)
      throws IOException {
    long bytes = 0;
    try (ParquetFileReader reader = files.open(file.toUri().toString(), 0, Long.MAX_VALUE, "")) {
      List<ColumnDescriptor> wanted =
          reader.getFileMetaData().getSchema().getColumns().stream()
              .filter(it -> columns.contains(it.getPath()[0]))
              .toList();
      reader.setRequestedSchema(wanted);
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        for (ColumnDescriptor column : wanted) {
          bytes += unpack(group.getPageReader(column));
        }
      }
    }
    return bytes;
  }

  private static long unpack(PageReader pages) throws IOException {
    var dictionary = pages.readDictionaryPage();
    long bytes = dictionary == null ? 0 : drain(dictionary.getBytes().toInputStream());
    for (var page = pages.readPage(); page != null; page = pages.readPage()) {
      if (page instanceof DataPageV2 v2) {
        bytes += drain(v2.getData().toInputStream());
      }
    }
    return bytes;
  }

  private static long drain(InputStream in) throws IOException {
    long bytes = in.available();
    in.skipNBytes(bytes);
    return bytes;
  }
}
