package org.sysretreplay.ingest.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.sysretreplay.ingest.files.FileTrees;

/**
 * Opens Parquet files with one set of decompressors, because making them for every file takes
 * longer than reading a small one (benchmark replay/from-classes). Not for use by several threads.
 */
public final class ParquetFiles implements Closeable {

  /** Off only in a benchmark of what checking costs. */
  private static final boolean IS_CHECKED = !Boolean.getBoolean("sysret-replay.unchecked");

  private final Map<String, String> options;
  private final PageCodecs codecs = new PageCodecs();

  /** Opens files of this machine, and of file systems that need no settings. */
  public ParquetFiles() {
    this(Map.of());
  }

  /**
   * Opens files of any file system.
   *
   * @param options settings of Hadoop file systems
   */
  public ParquetFiles(Map<String, String> options) {
    this.options = options;
  }

  /**
   * Opens the row groups whose middle lies in that range of bytes.
   *
   * @param location a path, or a URI
   * @param footer the SHA-256 that its {@link Footer} has to have; empty if it is not known
   * @throws IOException if it cannot be opened, or has another footer
   */
  public ParquetFileReader open(String location, long start, long end, String footer)
      throws IOException {
    InputFile file = FileTrees.input(location, options);
    check(file, footer);
    return open(file, start, end);
  }

  /** Opens all row groups of a file with that {@link Footer}. */
  public ParquetFileReader open(InputFile file, String footer) throws IOException {
    check(file, footer);
    return open(file);
  }

  private static void check(InputFile file, String footer) throws IOException {
    if (IS_CHECKED && !footer.isEmpty()) {
      Footer.check(file, footer);
    }
  }

  /** Opens all row groups. */
  public ParquetFileReader open(InputFile file) throws IOException {
    return open(file, 0, Long.MAX_VALUE);
  }

  private ParquetFileReader open(InputFile file, long start, long end) throws IOException {
    ParquetReadOptions read =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            // It would start a thread for each range of bytes.
            .withUseHadoopVectoredIo(false)
            .usePageChecksumVerification(IS_CHECKED)
            .withRange(start, end)
            .build();
    return ParquetFileReader.open(file, read);
  }

  /** Has a reader read only these columns of the top level. Works with every version of Parquet. */
  public static void want(ParquetFileReader reader, Collection<ColumnDescriptor> columns) {
    String name = reader.getFileMetaData().getSchema().getName();
    reader.setRequestedSchema(
        new MessageType(
            name, columns.stream().<Type>map(ColumnDescriptor::getPrimitiveType).toList()));
  }

  @Override
  public void close() {
    codecs.close();
  }
}
