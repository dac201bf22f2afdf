package org.sysretreplay.ingest.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
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
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.HugePageException;
import org.sysretreplay.ingest.columnar.PageCodecs;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.frames.FrameSchemaException;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TooMuchException;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Reads a Parquet file of raw registers, whatever program wrote it: one frame a row, in the order
 * of the rows. FORMATS.md lists the columns. In memory are one row group, packed, and some thousand
 * rows.
 */
public final class ParquetTraceReader extends SteppingReader {

  private static final int BATCH = 1 << 12;

  /** Magic at both ends, and the length of the footer. */
  private static final int MIN_BYTES = 12;

  private static final int MAGIC_BYTES = 4;

  /** The registers of a row, which every frame has. */
  private static final long ROW_BYTES = 6L * Long.BYTES;

  private static final String WRITE_AGAIN = "copy the file whole, or write it again";

  private final Reading reading;
  private final Path opened;
  private final Optional<Path> copy;
  private final PageCodecs codecs;
  private final Bounds bounds;
  private final ParquetFileReader file;
  private final Map<FrameColumn, ColumnDescriptor> columns;

  private Optional<PageReadStore> group = Optional.empty();
  private long leftInGroup;
  private FrameBatch batch;
  private RawRows rows;
  private int next;
  private int end;

  /** How many rows stand before the batch. */
  private long before;

  private long frames;

  /** Opens the file and reads its footer; {@code reading} only decides how sure frames are. */
  public ParquetTraceReader(NamedFile named, Reading reading) {
    this(named, reading, 0, Long.MAX_VALUE, 0);
  }

  /**
   * Opens the row groups of a file that is not packed whose middle lies in a range of bytes.
   *
   * @param framesBefore how many rows before them are frames
   */
  public ParquetTraceReader(
      NamedFile named, Reading reading, long start, long end, long framesBefore) {
    super(named.name());
    Path path = named.path();
    this.reading = reading;
    frames = framesBefore;
    bounds = named.bounds();
    codecs = new PageCodecs(bounds.ratio());
    try {
      boolean packed = TraceBytes.packingOf(path) != TraceBytes.Packing.PLAIN;
      copy = packed ? Optional.of(TraceBytes.unpack(named, ".parquet")) : Optional.empty();
    } catch (IOException e) {
      codecs.close();
      throw TraceBytes.unreadable(source(), e);
    }
    opened = copy.orElse(path);
    try {
      file = open(start, end);
    } catch (TraceException e) {
      codecs.close();
      deleteCopy();
      throw e;
    }
    try {
      columns = FrameSchema.of(file.getFileMetaData().getSchema(), FrameOrigin.TRACE);
      ParquetFiles.want(file, columns.values());
      checkGroups();
      checkCodecs();
      before = start == 0 ? 0 : rowsBefore(file.getRowGroups());
    } catch (FrameSchemaException e) {
      close();
      throw TraceException.of(source(), e.getMessage(), e.remedy(), e);
    } catch (TraceException e) {
      close();
      throw e;
    } catch (IOException | RuntimeException e) {
      close();
      throw damaged(source(), e);
    }
  }

  /**
   * Whether the file is a sound Parquet file of something else: not one of its columns is called as
   * a register is.
   */
  public static boolean isOtherTable(Path path) {
    try (PageCodecs codecs = new PageCodecs();
        ParquetFileReader file =
            ParquetFileReader.open(new LocalInputFile(path), options(codecs).build())) {
      return FrameSchema.isOther(file.getFileMetaData().getSchema());
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Whether the row groups of a file lie where its footer says, so that each is in one range. What
   * is wrong with the others is told where they are read whole.
   */
  public static boolean canBeCut(NamedFile named) {
    try (ParquetTraceReader reader = new ParquetTraceReader(named, Reading.AS_RECORDED)) {
      return reader.file.getRowGroups().size() > 1;
    } catch (TraceException e) {
      return false;
    }
  }

  private static ParquetReadOptions.Builder options(PageCodecs codecs) {
    return ParquetReadOptions.builder(new PlainParquetConfiguration()).withCodecFactory(codecs);
  }

  private ParquetFileReader open(long start, long end) {
    try {
      checkEnds();
      ParquetReadOptions.Builder options = options(codecs);
      if (end < Long.MAX_VALUE || start > 0) {
        // A row group whose place is damaged would be in no range.
        options.withRange(start, end);
      }
      return ParquetFileReader.open(new LocalInputFile(opened), options.build());
    } catch (TraceException e) {
      throw e;
    } catch (ParquetCryptoRuntimeException e) {
      throw encrypted(e);
    } catch (RuntimeException e) {
      throw damaged(source(), e);
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  /** Parquet ends as it begins; what was cut off does not. */
  private void checkEnds() throws IOException {
    long length = Files.size(opened);
    if (length < MIN_BYTES || !magicAt(length - MAGIC_BYTES).startsWith("PAR")) {
      throw TraceException.of(
          source(), "it does not end as a Parquet file does, so it is cut off", WRITE_AGAIN);
    }
    if (magicAt(length - MAGIC_BYTES).equals("PARE")) {
      throw encrypted(null);
    }
  }

  private static long rowsBefore(List<BlockMetaData> groups) {
    return groups.isEmpty() ? 0 : groups.get(0).getRowIndexOffset();
  }

  private String magicAt(long position) throws IOException {
    try (SeekableInputStream in = new LocalInputFile(opened).newStream()) {
      in.seek(position);
      byte[] magic = new byte[MAGIC_BYTES];
      in.readFully(magic);
      return new String(magic, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * What a damaged footer says of lengths would otherwise be taken for how much memory is needed.
   */
  private void checkGroups() throws IOException {
    long length = Files.size(opened);
    long rows = 0;
    for (BlockMetaData each : file.getRowGroups()) {
      if (each.getRowCount() < 0) {
        throw new IllegalArgumentException("a group has %d rows".formatted(each.getRowCount()));
      }
      rows = Math.addExact(rows, each.getRowCount());
      for (ColumnChunkMetaData chunk : each.getColumns()) {
        long start = chunk.getStartingPos();
        long size = chunk.getTotalSize();
        if (start < 0 || size < 0 || size > length - start) {
          throw new IllegalArgumentException(
              "column %s lies outside of it".formatted(chunk.getPath().toDotString()));
        }
      }
    }
    bounds.check(length, Math.multiplyExact(rows, ROW_BYTES));
  }

  /** Of the columns that are read; how others are packed does not matter. */
  private void checkCodecs() {
    Set<ColumnPath> read =
        columns.values().stream()
            .map(it -> ColumnPath.get(it.getPath()))
            .collect(Collectors.toUnmodifiableSet());
    for (BlockMetaData group : file.getRowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (read.contains(chunk.getPath()) && !PageCodecs.unpacks(chunk.getCodec())) {
          throw TraceException.of(
              source(),
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

  private TraceException encrypted(RuntimeException cause) {
    return TraceException.of(
        source(), "it is encrypted", "write it without Parquet's encryption", cause);
  }

  private static TraceException damaged(String place, Exception e) {
    if (e instanceof TooMuchException tooMuch) {
      return TraceException.of(place, e.getMessage(), tooMuch.remedy(), e);
    }
    HugePageException huge = HugePageException.in(e);
    if (huge != null) {
      return TraceException.of(
          place, huge.getMessage(), "if the file is yours, give --max-ratio a larger number", e);
    }
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = why.lines().findFirst().orElse("");
    return TraceException.of(place, "it cannot be read as Parquet (" + line + ")", WRITE_AGAIN, e);
  }

  @Override
  public TraceHeader header() {
    return TraceHeader.EMPTY;
  }

  @Override
  public long lost() {
    return 0;
  }

  @Override
  protected boolean step() {
    if (next == end && !readBatch()) {
      return false;
    }
    Place place = Place.ofRow(source(), before + next + 1);
    TraceRecord record = rows.record(next++, frames, place);
    frames += record instanceof Accepted ? 1 : 0;
    give(record);
    return true;
  }

  private boolean readBatch() {
    before += end;
    next = 0;
    end = 0;
    try {
      if (leftInGroup == 0 && !openGroup()) {
        return false;
      }
      int count = (int) Math.min(leftInGroup, BATCH);
      batch.forget();
      batch.read(count);
      leftInGroup -= count;
      end = count;
      return true;
    } catch (ParquetCryptoRuntimeException e) {
      throw encrypted(e);
    } catch (IOException | RuntimeException e) {
      throw damaged(Place.ofRow(source(), before + 1).toString(), e);
    }
  }

  private boolean openGroup() throws IOException {
    closeGroup();
    group = Optional.ofNullable(file.readNextRowGroup());
    if (group.isEmpty()) {
      return false;
    }
    PageReadStore pages = group.get();
    leftInGroup = pages.getRowCount();
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    columns.forEach(
        (column, descriptor) ->
            cursors.put(
                column,
                new ColumnCursor(
                    descriptor, pages.getPageReader(descriptor), LongUnaryOperator.identity())));
    batch = new FrameBatch(cursors, List.of(), BATCH);
    rows = new RawRows(batch, reading);
    return true;
  }

  private void closeGroup() {
    group.ifPresent(PageReadStore::close);
    group = Optional.empty();
  }

  @Override
  public void close() {
    try (codecs) {
      closeGroup();
      file.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    } finally {
      deleteCopy();
    }
  }

  private void deleteCopy() {
    try {
      if (copy.isPresent()) {
        Files.deleteIfExists(copy.get());
      }
    } catch (IOException e) {
      throw TraceBytes.unreadable(copy.get().toString(), e);
    }
  }
}
