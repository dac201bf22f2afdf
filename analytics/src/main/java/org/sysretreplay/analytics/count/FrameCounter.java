package org.sysretreplay.analytics.count;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.columnar.ValueCounts;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Counts frames of Parquet files by class and by the values of some columns, without an object for
 * a frame. Of a file that was written here two columns are read to tell every model's outcome by
 * syscall; of other files all registers (benchmark Replay).
 */
public final class FrameCounter {

  /** What one step works on stays in the processor's cache. */
  private static final int BATCH = 1 << 14;

  private final ParquetFiles files;
  private final FrameOrigin origin;
  private final Reading reading;
  private final List<Key> by;

  /**
   * A column to count by.
   *
   * @param ofNumber what stands for a number of the column
   */
  public record Key(FrameColumn column, LongUnaryOperator ofNumber) {}

  /** Counts frames of files of that origin. */
  public FrameCounter(ParquetFiles files, FrameOrigin origin, Reading reading, List<Key> by) {
    this.files = files;
    this.origin = origin;
    this.reading = reading;
    this.by = List.copyOf(by);
  }

  /**
   * Counts the frames of one part; those that are no returns are left out unless what the events
   * carried is asked for. A class comes once with the same values.
   *
   * @throws TraceException where the file cannot be read, or is none of frames
   */
  public void count(FramePart part, Consumer<FrameCount> to) {
    Rows rows;
    try (ParquetFileReader reader = part.open(files)) {
      rows = read(reader);
    } catch (IOException | RuntimeException e) {
      throw unreadable(part, e);
    }
    rows.counts.forEach((frames, count) -> give(part, frames, count, rows.weighted, to));
  }

  /**
   * What was counted.
   *
   * @param weighted whether the last value of each is how many exits a row stands for
   */
  private record Rows(Map<Counted, Long> counts, boolean weighted) {}

  static TraceException unreadable(FramePart part, Exception e) {
    return TraceException.of(
        part.file(), "it cannot be read as frames (" + e.getMessage() + ")", "ingest it again", e);
  }

  private Rows read(ParquetFileReader reader) throws IOException {
    FileMetaData file = reader.getFileMetaData();
    Map<FrameColumn, ColumnDescriptor> there = FrameSchema.of(file.getSchema(), origin);
    boolean weighted = RowWeights.areThere(reader.getRowGroups(), there);
    List<Key> keys = weighted ? RowWeights.with(by) : by;
    FrameClasses.Source source = FrameClasses.Source.of(file, there, reading);
    ParquetFiles.want(reader, needed(keys, there, source).map(there::get).toList());
    // Row groups are alike: each kind of frame is judged once for all of them (benchmark
    // replay/all-models).
    Map<Counted, Long> counts = new HashMap<>();
    for (PageReadStore group = reader.readNextRowGroup();
        group != null;
        group = reader.readNextRowGroup()) {
      try (PageReadStore pages = group) {
        new RowGroup(pages, keys, there, source).count(counts);
      }
    }
    return new Rows(counts, weighted);
  }

  /** The number of a class, and a value for each column that is counted by. */
  private record Counted(long code, List<Object> values) {}

  private void give(
      FramePart part, Counted counted, long rows, boolean weighted, Consumer<FrameCount> to) {
    FrameCount frames;
    try {
      FrameClass of = FrameClass.ofCode(counted.code());
      frames =
          weighted
              ? RowWeights.weighted(of, counted.values(), rows)
              : new FrameCount(of, counted.values(), rows, rows);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw unreadable(part, e);
    }
    if (reading == Reading.AS_RECORDED || frames.frames().stage() != Stage.IN_KERNEL) {
      to.accept(frames);
    }
  }

  private Stream<FrameColumn> needed(
      List<Key> keys, Map<FrameColumn, ColumnDescriptor> there, FrameClasses.Source source) {
    return Stream.concat(source.columns(reading).stream(), keys.stream().map(Key::column))
        .distinct()
        .filter(there::containsKey);
  }

  /** One row group while it is counted. */
  private final class RowGroup {

    private final long rows;
    private final List<Key> keys;

    /** Whether a column serves other keys than this one, too. */
    private final List<Boolean> shared;

    private final FrameBatch batch;
    private final FrameClasses classes;

    /** By all columns but the last, which the histogram divides by. */
    private final List<Groups> divisions;

    private final Histogram histogram = new Histogram();
    private final int[] oneCode = new int[BATCH];

    RowGroup(
        PageReadStore pages,
        List<Key> keys,
        Map<FrameColumn, ColumnDescriptor> there,
        FrameClasses.Source source) {
      this.keys = keys;
      shared = keys.stream().map(this::isShared).toList();
      rows = pages.getRowCount();
      Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
      needed(keys, there, source).forEach(it -> cursors.put(it, cursor(it, there.get(it), pages)));
      batch = new FrameBatch(cursors, BatchRegisters.COLUMNS, BATCH);
      classes = source.classes(batch, reading);
      divisions = keys.stream().skip(1).map(it -> new Groups()).toList();
    }

    /** Numbers are replaced as they are read, or, where several keys want other ones, at last. */
    private ColumnCursor cursor(
        FrameColumn column, ColumnDescriptor descriptor, PageReadStore pages) {
      List<Key> its = keys.stream().filter(it -> it.column() == column).toList();
      LongUnaryOperator ofNumber =
          its.size() == 1 ? its.get(0).ofNumber() : LongUnaryOperator.identity();
      return new ColumnCursor(descriptor, pages.getPageReader(descriptor), ofNumber);
    }

    private boolean isShared(Key key) {
      return keys.stream().filter(it -> it.column() == key.column()).count() > 1;
    }

    private Object value(int index, int code) {
      Key key = keys.get(index);
      Object value = batch.value(key.column(), code);
      return shared.get(index) && value instanceof Long number
          ? (Long) key.ofNumber().applyAsLong(number)
          : value;
    }

    void count(Map<Counted, Long> to) {
      if (classes instanceof FrameClasses.Stored && hasOneColumn()) {
        countRuns(batch.cursor(FrameColumn.FRAME_CLASS), batch.cursor(keys.get(0).column()));
      } else {
        countRows();
      }
      histogram.forEach((group, code, count) -> give(group, code, count, to));
    }

    private boolean hasOneColumn() {
      return keys.size() == 1 && batch.has(keys.get(0).column());
    }

    /**
     * Rows of one class stand together, so that the column can be counted as it is packed, a class
     * at a time (benchmark replay/from-classes).
     */
    private void countRuns(ColumnCursor stored, ColumnCursor column) {
      int[] groups = new int[BATCH];
      int[] current = {ColumnCursor.NULL};
      ValueCounts.Drain counted = (code, count) -> histogram.add(current[0], code, count);
      for (long left = rows; left > 0; left -= BATCH) {
        int count = (int) Math.min(left, BATCH);
        stored.readCodes(groups, count);
        for (int start = 0, end; start < count; start = end) {
          end = Histogram.endOfRun(groups, start, count);
          if (groups[start] != current[0]) {
            column.drain(counted);
            current[0] = groups[start];
          }
          column.count(end - start, counted);
        }
      }
      column.drain(counted);
    }

    private void countRows() {
      int[] groups = new int[BATCH];
      for (long left = rows; left > 0; left -= BATCH) {
        int count = (int) Math.min(left, BATCH);
        batch.read(count);
        classes.codes(groups, count);
        for (int i = 0; i < divisions.size(); i++) {
          divisions.get(i).divide(groups, codes(i), count);
        }
        if (keys.isEmpty()) {
          histogram.add(groups, count);
        } else {
          int last = divisions.size();
          histogram.add(groups, codes(last), count, groupsEnd(), codesEnd(last));
        }
      }
    }

    /** Above the greatest group there is so far. */
    private int groupsEnd() {
      return divisions.isEmpty() ? classes.size() : divisions.get(divisions.size() - 1).size();
    }

    private int codesEnd(int index) {
      FrameColumn column = keys.get(index).column();
      return batch.has(column) ? batch.cursor(column).size() : 1;
    }

    /** The codes of a column that is counted by; what is not there has one value. */
    private int[] codes(int index) {
      boolean there = index < keys.size() && batch.has(keys.get(index).column());
      return there ? batch.codes(keys.get(index).column()) : oneCode;
    }

    private void give(int group, int code, long count, Map<Counted, Long> to) {
      Object[] values = new Object[keys.size()];
      int whole = group;
      for (int i = values.length - 1; i >= 0; i--) {
        boolean last = i == divisions.size();
        values[i] = value(i, last ? code : divisions.get(i).code(whole));
        whole = last ? whole : divisions.get(i).whole(whole);
      }
      to.merge(new Counted(classes.number(whole), Arrays.asList(values)), count, Long::sum);
    }
  }
}
