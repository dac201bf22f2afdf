package org.sysretreplay.ingest.parquet;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Reads a Parquet file of raw registers, whatever program wrote it: one frame a row, in the order
 * of the rows. FORMATS.md lists the columns. Memory holds one compressed row group, and some
 * thousand rows.
 */
public final class ParquetTraceReader extends SteppingReader {

  private static final int BATCH = 1 << 12;

  private final Reading reading;
  private final ForeignParquetFile file;

  private Optional<PageReadStore> group = Optional.empty();
  private long leftInGroup;
  private FrameBatch batch;
  private RawRows rows;
  private int next;
  private int end;

  /** The number of rows before the batch. */
  private long before;

  private long frames;

  /** Opens the file and reads its footer; {@code reading} only decides the stage of the frames. */
  public ParquetTraceReader(NamedFile named, Reading reading) {
    this(named, reading, 0, Long.MAX_VALUE, 0);
  }

  /**
   * Opens the row groups whose middle lies in a range of bytes. The file must not be compressed as
   * a whole.
   *
   * @param framesBefore how many rows before them are frames
   */
  public ParquetTraceReader(
      NamedFile named, Reading reading, long start, long end, long framesBefore) {
    super(named.name());
    this.reading = reading;
    frames = framesBefore;
    file = new ForeignParquetFile(named, start, end);
    before = start == 0 ? 0 : file.rowsBefore();
  }

  /**
   * Whether the file is a sound Parquet file of something else: no column has the name of a
   * register.
   */
  public static boolean isOtherTable(NamedFile file) {
    return ForeignParquetFile.isOtherTable(file);
  }

  /**
   * Whether the file can be read in ranges: it is sound and has several row groups. What is wrong
   * with other files is told when they are read whole.
   */
  public static boolean canBeCut(NamedFile named) {
    try (ForeignParquetFile file = new ForeignParquetFile(named, 0, Long.MAX_VALUE)) {
      return file.groups() > 1;
    } catch (TraceException e) {
      return false;
    }
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
      throw ForeignParquetFile.encrypted(source(), e);
    } catch (IOException | RuntimeException e) {
      throw ForeignParquetFile.unreadPages(Place.ofRow(source(), before + 1).toString(), e);
    }
  }

  private boolean openGroup() throws IOException {
    closeGroup();
    group = file.nextGroup();
    if (group.isEmpty()) {
      return false;
    }
    PageReadStore pages = group.get();
    leftInGroup = pages.getRowCount();
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    file.columns()
        .forEach(
            (column, descriptor) ->
                cursors.put(
                    column,
                    new ColumnCursor(
                        descriptor,
                        pages.getPageReader(descriptor),
                        LongUnaryOperator.identity())));
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
    try (file) {
      closeGroup();
    }
  }
}
