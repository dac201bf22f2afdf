package org.sysretreplay.ingest.frames;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.columnar.PageCompressors;
import org.sysretreplay.ingest.columnar.ReproducibleFile;

/**
 * Writes a Parquet file of frames; the same frames give the same bytes. Other threads encode and
 * compress the rows while the caller adds the next ones; the caller helps with the last (benchmark
 * IngestBench).
 */
public final class FrameFile implements Closeable {

  /** The footer's metadata, which says that {@code frame_class} has the bits of this version. */
  public static final Map<String, String> METADATA = Map.of("sysret-replay.frame-class", "2");

  /**
   * Calls and interrupted code get row groups of their own only if each has at least so many rows.
   */
  private static final int MIN_GROUP = 1 << 12;

  private static final MessageType SCHEMA = FrameColumn.schema();
  private static final int COLUMN_INDEX_TRUNCATE = 64;

  /** One encoder thread for each processor but the caller's. */
  public static final int ALL_ENCODERS =
      Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

  private final int groupRows;
  private final ReproducibleFile target;
  private final ParquetFileWriter file;
  private final PageCompressors compressors = new PageCompressors();
  private final int encoders;
  private final ExecutorService encoder;
  private final BlockPool blocks = new BlockPool();
  private final ThreadLocal<CodeBuffer> codes = ThreadLocal.withInitial(CodeBuffer::new);
  private ColumnarFrames next = new ColumnarFrames(blocks);
  private Future<?> encoding;

  /** The rows in the file so far, counted by the encoding thread. */
  private long written;

  private boolean closed;
  private boolean isWhole;

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "frame-file");
    thread.setDaemon(true);
    return thread;
  }

  /** How many rows are sorted and encoded together. */
  public static final int GROUP_ROWS = 1 << 19;

  /**
   * Rows are encoded early if their texts have so many characters together. A character takes three
   * bytes at most, and readers refuse a page of more than 64 MiB that is packed too well.
   */
  private static final int GROUP_CHARACTERS = 1 << 24;

  /**
   * The most memory that a file takes while it is written: a buffer of rows that come, and one of
   * rows that are encoded.
   */
  public static final long HEAP_BYTES = 2L * GROUP_ROWS * FrameColumn.values().length * Long.BYTES;

  /**
   * Begins a file, in place of an existing one.
   *
   * @param encoders how many threads encode beside the caller's; at least one
   */
  public FrameFile(OutputFile target, int encoders) throws IOException {
    this(target, encoders, GROUP_ROWS);
  }

  FrameFile(OutputFile target, int encoders, int groupRows) throws IOException {
    this.groupRows = groupRows;
    this.target = new ReproducibleFile(target);
    this.encoders = encoders;
    encoder = Executors.newFixedThreadPool(encoders, FrameFile::thread);
    file =
        new ParquetFileWriter(
            this.target,
            SCHEMA,
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            COLUMN_INDEX_TRUNCATE,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
  }

  /** Takes one more frame. */
  public void add(ExitFrame frame) throws IOException {
    next.add(frame);
    if (next.size() == groupRows || next.characters() >= GROUP_CHARACTERS) {
      flush();
    }
  }

  private void flush() throws IOException {
    await();
    ColumnarFrames full = next;
    encoding =
        encoder.submit(
            () -> {
              encode(full);
              return null;
            });
    // A new buffer knows none of the texts of the one before.
    next = new ColumnarFrames(blocks);
  }

  private void await() throws IOException {
    if (encoding != null) {
      await(encoding);
    }
  }

  private static void await(Future<?> work) throws IOException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void encode(ColumnarFrames full) throws IOException {
    RowOrder order = RowOrder.of(full);
    int rest = order.rows().length - order.calls();
    List<RowGroup> groups =
        order.calls() >= MIN_GROUP && rest >= MIN_GROUP
            ? List.of(
                new RowGroup(full, order.ofCalls()), new RowGroup(full, order.ofInterruptedCode()))
            : List.of(new RowGroup(full, order.rows()));
    encodeColumns(full, groups);
    for (RowGroup group : groups) {
      group.write();
    }
  }

  private void encodeColumns(ColumnarFrames full, List<RowGroup> groups) throws IOException {
    List<FutureTask<Void>> columns =
        Stream.of(FrameColumn.values())
            .map(it -> new FutureTask<>(() -> encodeColumn(full, groups, it)))
            .toList();
    Queue<FutureTask<Void>> waiting = new ConcurrentLinkedQueue<>(columns);
    for (int i = 0; i < encoders; i++) {
      encoder.execute(() -> runAll(waiting));
    }
    runAll(waiting);
    for (FutureTask<Void> column : columns) {
      await(column);
    }
  }

  /** Encodes a column, and gives its memory to the rows that come meanwhile. */
  private static Void encodeColumn(ColumnarFrames full, List<RowGroup> groups, FrameColumn column)
      throws IOException {
    for (RowGroup group : groups) {
      group.encode(column);
    }
    full.clear(column);
    return null;
  }

  /** Rows that become a row group, and the pages of their columns. */
  private final class RowGroup {

    private final ColumnarFrames of;
    private final PresentRows.Finder finder;
    private final ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            compressors, SCHEMA, HeapByteBufferAllocator.getInstance(), COLUMN_INDEX_TRUNCATE);

    RowGroup(ColumnarFrames of, int[] order) {
      this.of = of;
      finder = new PresentRows.Finder(of, order);
    }

    void encode(FrameColumn column) throws IOException {
      ColumnDescriptor descriptor = SCHEMA.getColumns().get(column.ordinal());
      new ColumnChunkWriter(of, finder, column, descriptor, codes.get())
          .writeTo(pages.getPageWriter(descriptor));
    }

    void write() throws IOException {
      try (pages) {
        int rows = finder.order().length;
        file.startBlock(rows);
        pages.flushToFileWriter(file);
        file.endBlock();
        written += rows;
      }
    }
  }

  private static void runAll(Queue<FutureTask<Void>> waiting) {
    for (FutureTask<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  /** Writes the remaining rows and the footer. A file that is not closed cannot be read. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (ParquetFileWriter closing = file) {
      await();
      if (next.size() > 0) {
        encode(next);
      }
      target.footerFollows();
      closing.end(METADATA);
      isWhole = true;
    } finally {
      encoder.shutdownNow();
      compressors.release();
      codes.remove();
    }
  }

  /**
   * How many rows the file has, counted as they were encoded.
   *
   * @throws IllegalStateException if it was not closed, or could not be written
   */
  public long rows() {
    if (!isWhole) {
      throw new IllegalStateException("the file has no footer yet");
    }
    return written;
  }
}
