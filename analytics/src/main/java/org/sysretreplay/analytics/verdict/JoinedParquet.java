package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTrees;

/** Joins Parquet files of one schema into one file, copying row groups without unpacking them. */
final class JoinedParquet {

  private JoinedParquet() {}

  /** Appends the files one after the other, and deletes each when it is done. */
  static void write(MessageType schema, List<Path> parts, OutputFile to) throws IOException {
    try (ParquetFiles files = new ParquetFiles();
        ParquetFileWriter writer =
            new ParquetFileWriter(
                to,
                schema,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                ParquetProperties.builder().build())) {
      writer.start();
      for (Path part : parts) {
        try (ParquetFileReader reader = files.open(FileTrees.input(part.toString(), Map.of()))) {
          reader.appendTo(writer);
        }
        Files.delete(part);
      }
      writer.end(Map.of());
    }
  }
}
