package org.sysretreplay.ingest.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.sysretreplay.ingest.columnar.OversizedPageException;
import org.sysretreplay.ingest.columnar.PageCodecs;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.LocalFile;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.frames.FrameSchemaException;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TooMuchException;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * A Parquet file that another program wrote, opened and checked: it is whole, its row groups lie
 * inside it, it has the columns of frames, and their codecs are supported. A file that is
 * compressed as a whole is read from a decompressed copy.
 */
final class ForeignParquetFile implements Closeable {

  /** The magic at both ends, and the length of the footer. */
  private static final int MIN_BYTES = 12;

  private static final int MAGIC_BYTES = 4;

  /** The size of a row's registers, which every frame has. */
  private static final long ROW_BYTES = 6L * Long.BYTES;

  private static final String WRITE_AGAIN = "copy the file whole, or write it again";

  private final NamedFile named;
  private final PageCodecs codecs;
  private final Optional<Path> copy;
  private final ParquetFileReader file;
  private final Map<FrameColumn, ColumnDescriptor> columns;

  /**
   * Opens the row groups whose middle lies in a range of bytes.
   *
   * @throws TraceException if it is no Parquet file of frames, or a damaged one
   */
  ForeignParquetFile(NamedFile named, long start, long end) {
    this.named = named;
    codecs = new PageCodecs(named.bounds().ratio());
    try {
      copy = unpacked(named);
    } catch (IOException e) {
      codecs.close();
      throw TraceBytes.unreadable(named.name(), e);
    }
    try {
      file = open(start, end);
    } catch (TraceException e) {
      codecs.close();
      delete(copy);
      throw e;
    }
    try {
      columns = FrameSchema.of(file.getFileMetaData().getSchema(), FrameOrigin.TRACE);
      ParquetFiles.want(file, columns.values());
      checkGroups();
      checkCodecs();
    } catch (FrameSchemaException e) {
      close();
      throw TraceException.of(named.name(), e.getMessage(), e.remedy(), e);
    } catch (TraceException e) {
      close();
      throw e;
    } catch (IOException | RuntimeException e) {
      close();
      throw unopened(named.name(), e);
    }
  }

  /** A decompressed copy of the file, which the caller deletes; empty if it is not compressed. */
  private static Optional<Path> unpacked(NamedFile named) throws IOException {
    return TraceBytes.packingOf(named.path()) == TraceBytes.Packing.PLAIN
        ? Optional.empty()
        : Optional.of(TraceBytes.unpack(named, ".parquet"));
  }

  /** Whether the file is a sound Parquet file of which no column has the name of a register. */
  static boolean isOtherTable(NamedFile named) {
    try {
      Optional<Path> copy = unpacked(named);
      try {
        return isOtherTable(copy.orElse(named.path()));
      } finally {
        delete(copy);
      }
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isOtherTable(Path path) throws IOException {
    try (PageCodecs codecs = new PageCodecs();
        ParquetFileReader file =
            ParquetFileReader.open(new LocalFile(path), options(codecs).build())) {
      return FrameSchema.isOther(file.getFileMetaData().getSchema());
    }
  }

  private static ParquetReadOptions.Builder options(PageCodecs codecs) {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(codecs)
        .usePageChecksumVerification(true);
  }

  /** The columns of frames that the file has. */
  Map<FrameColumn, ColumnDescriptor> columns() {
    return columns;
  }

  /** The number of row groups in the range. */
  int groups() {
    return file.getRowGroups().size();
  }

  /** The number of rows of the file before the range. */
  long rowsBefore() {
    List<BlockMetaData> groups = file.getRowGroups();
    return groups.isEmpty() ? 0 : groups.get(0).getRowIndexOffset();
  }

  /** The pages of the next row group; empty behind the last one. */
  Optional<PageReadStore> nextGroup() throws IOException {
    return Optional.ofNullable(file.readNextRowGroup());
  }

  private Path path() {
    return copy.orElse(named.path());
  }

  private ParquetFileReader open(long start, long end) {
    try {
      checkEnds();
      ParquetReadOptions.Builder options = options(codecs);
      if (end < Long.MAX_VALUE || start > 0) {
        // A row group with a damaged offset would be in no range.
        options.withRange(start, end);
      }
      return ParquetFileReader.open(new LocalFile(path()), options.build());
    } catch (TraceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unopened(named.name(), e);
    }
  }

  /** Parquet files end with the same magic as they begin, unless they are cut off. */
  private void checkEnds() throws IOException {
    long length = Files.size(path());
    if (length < MIN_BYTES || !magicAt(length - MAGIC_BYTES).startsWith("PAR")) {
      throw TraceException.of(
          named.name(), "it does not end as a Parquet file does, so it is cut off", WRITE_AGAIN);
    }
    if (magicAt(length - MAGIC_BYTES).equals("PARE")) {
      throw encrypted(named.name(), null);
    }
  }

  private String magicAt(long position) throws IOException {
    try (SeekableInputStream in = new LocalFile(path()).newStream()) {
      in.seek(position);
      byte[] magic = new byte[MAGIC_BYTES];
      in.readFully(magic);
      return new String(magic, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Checks the lengths in the footer: a damaged one would make Parquet's library allocate any
   * amount of memory.
   */
  private void checkGroups() throws IOException {
    long length = Files.size(path());
    long rows = 0;
    for (BlockMetaData each : file.getRowGroups()) {
      if (each.getRowCount() < 0) {
        throw notParquet(named.name(), "a group has %d rows".formatted(each.getRowCount()), null);
      }
      rows = Math.addExact(rows, each.getRowCount());
      for (ColumnChunkMetaData chunk : each.getColumns()) {
        long start = chunk.getStartingPos();
        long size = chunk.getTotalSize();
        if (start < 0 || size < 0 || size > length - start) {
          throw notParquet(
              named.name(),
              "column %s lies outside of it".formatted(chunk.getPath().toDotString()),
              null);
        }
      }
    }
    named.bounds().check(length, Math.multiplyExact(rows, ROW_BYTES));
  }

  /** Checks the codecs of the columns that are read; those of other columns do not matter. */
  private void checkCodecs() {
    Set<ColumnPath> read =
        columns.values().stream()
            .map(it -> ColumnPath.get(it.getPath()))
            .collect(Collectors.toUnmodifiableSet());
    for (BlockMetaData group : file.getRowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (read.contains(chunk.getPath()) && !PageCodecs.unpacks(chunk.getCodec())) {
          throw TraceException.of(
              named.name(),
              "its column %s is packed by %s, which cannot be unpacked here"
                  .formatted(chunk.getPath().toDotString(), codecName(chunk.getCodec())),
              "write it with zstd or snappy");
        }
      }
    }
  }

  private static String codecName(CompressionCodecName codec) {
    return codec == CompressionCodecName.BROTLI ? "Brotli" : codec.name();
  }

  /** The error for a file that cannot be opened, or whose footer Parquet's library cannot read. */
  private static TraceException unopened(String source, Exception e) {
    return e instanceof IOException io && ParquetDamage.isOfSystem(io)
        ? TraceBytes.unreadable(source, io)
        : failure(source, "its footer is damaged", e);
  }

  /** The error for pages that Parquet's library cannot read. */
  static TraceException unreadPages(String place, Exception e) {
    return failure(place, "a page is damaged", e);
  }

  /** The error for an encrypted file, of which Parquet's library knows only later. */
  static TraceException encrypted(String source, Exception cause) {
    return TraceException.of(
        source, "it is encrypted", "write it without Parquet's encryption", cause);
  }

  private static TraceException failure(String place, String damage, Exception e) {
    if (e instanceof ParquetCryptoRuntimeException) {
      return encrypted(place, e);
    }
    if (e instanceof TooMuchException tooMuch) {
      return TraceException.of(place, e.getMessage(), tooMuch.remedy(), e);
    }
    OversizedPageException huge = OversizedPageException.in(e);
    if (huge != null) {
      return TraceException.of(
          place, huge.getMessage(), "if the file is yours, give --max-ratio a larger number", e);
    }
    return notParquet(place, ParquetDamage.reason(e).orElse(damage), e);
  }

  private static TraceException notParquet(String place, String why, Exception e) {
    return TraceException.of(place, "it cannot be read as Parquet (" + why + ")", WRITE_AGAIN, e);
  }

  @Override
  public void close() {
    try (codecs) {
      file.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(named.name(), e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(Optional<Path> copy) {
    try {
      if (copy.isPresent()) {
        Files.deleteIfExists(copy.get());
      }
    } catch (IOException e) {
      throw TraceBytes.unreadable(copy.get().toString(), e);
    }
  }
}
