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
import org.sysretreplay.ingest.columnar.Codes;
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

  /** Of a file's rows more counts than these and those of one row group are not kept at a time. */
  private static final int MANY = 1 << 16;

  private final ParquetFiles files;
  private final FrameOrigin origin;
  private final Reading reading;
  private final List<Key> by;
  private final int mostKept;

  /**
   * A column to count by.
   *
   * @param ofNumber what stands for a number of the column
   */
  public record Key(FrameColumn column, LongUnaryOperator ofNumber) {}

  /** Counts frames of files of that origin. */
  public FrameCounter(ParquetFiles files, FrameOrigin origin, Reading reading, List<Key> by) {
    this(files, origin, reading, by, MANY);
  }

  /** Keeps so many counts from one row group to the next. */
  FrameCounter(
      ParquetFiles files, FrameOrigin origin, Reading reading, List<Key> by, int mostKept) {
    this.mostKept = mostKept;
    this.files = files;
    this.origin = origin;
    this.reading = reading;
    this.by = List.copyOf(by);
  }

  /**
   * Counts the frames of one part; those that are no returns are left out unless what the events
   * carried is asked for. A class comes once with the same values, but for files of very many
   * values, of which it comes once for some row groups.
   *
   * @throws TraceException where the file cannot be read, or is none of frames
   */
  public void count(FramePart part, Consumer<FrameCount> to) {
    try (Rows rows = new Rows(part)) {
      while (rows.readOn()) {
        if (rows.counts.size() > mostKept) {
          rows.giveAll(to);
        }
      }
      rows.giveAll(to);
    }
  }

  static TraceException unreadable(FramePart part, Exception e) {
    return TraceException.of(
        part.file(), "it cannot be read as frames (" + e.getMessage() + ")", "ingest it again", e);
  }

  /** The rows of one part while they are counted. */
  private final class Rows implements AutoCloseable {

    private final FramePart part;
    private final ParquetFileReader reader;
    private final Map<FrameColumn, ColumnDescriptor> there;
    private final FrameClasses.Source source;

    /** Whether the last value of each is how many exits a row stands for. */
    private final boolean weighted;

    private final List<Key> keys;

    /**
     * Row groups are alike: each kind of frame is judged once for all of them (benchmark
     * replay/all-models).
     */
    private final Map<Counted, Long> counts = new HashMap<>();

    Rows(FramePart part) {
      this.part = part;
      try {
        reader = part.open(files);
      } catch (IOException | RuntimeException e) {
        throw unreadable(part, e);
      }
      try {
        FileMetaData file = reader.getFileMetaData();
        there = FrameSchema.of(file.getSchema(), origin);
        weighted = RowWeights.areThere(reader.getRowGroups(), there);
        keys = weighted ? RowWeights.with(by) : by;
        source = FrameClasses.Source.of(file, there, reading);
        ParquetFiles.want(reader, needed(keys, there, source).map(there::get).toList());
      } catch (RuntimeException e) {
        close();
        throw unreadable(part, e);
      }
    }

    /** Counts the next row group; false where there is none. */
    boolean readOn() {
      try (PageReadStore pages = reader.readNextRowGroup()) {
        if (pages == null) {
          return false;
        }
        new RowGroup(pages, keys, there, source).count(counts);
        return true;
      } catch (IOException | RuntimeException e) {
        throw unreadable(part, e);
      }
    }

    void giveAll(Consumer<FrameCount> to) {
      counts.forEach((frames, count) -> give(part, frames, count, weighted, to));
      counts.clear();
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw unreadable(part, e);
      }
    }
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

  /** Numbers of a row group as codes. */
  private static final class Numbered {

    private final Codes codes = new Codes();
    private final int[] ofRows = new int[BATCH];

    int[] of(long[] numbers, int count) {
      for (int row = 0; row < count; row++) {
        ofRows[row] = codes.of(numbers[row]);
      }
      return ofRows;
    }
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

    /** The columns to count by that classes are made of, and are therefore read as numbers. */
    private final Map<FrameColumn, Numbered> numbered = new EnumMap<>(FrameColumn.class);

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
      keys.stream()
          .map(Key::column)
          .filter(it -> batch.has(it) && BatchRegisters.COLUMNS.contains(it))
          .forEach(it -> numbered.put(it, new Numbered()));
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
      Object value =
          numbered.containsKey(key.column())
              ? (Object) numbered.get(key.column()).codes.value(code)
              : batch.value(key.column(), code);
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
      return keys.size() == 1 && batch.has(keys.get(0).column()) && numbered.isEmpty();
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
          divisions.get(i).divide(groups, codes(i, count), count);
        }
        if (keys.isEmpty()) {
          histogram.add(groups, count);
        } else {
          int last = divisions.size();
          histogram.add(groups, codes(last, count), count, groupsEnd(), codesEnd(last));
        }
      }
    }

    /** Above the greatest group there is so far. */
    private int groupsEnd() {
      return divisions.isEmpty() ? classes.size() : divisions.get(divisions.size() - 1).size();
    }

    private int codesEnd(int index) {
      FrameColumn column = keys.get(index).column();
      if (numbered.containsKey(column)) {
        return numbered.get(column).codes.size();
      }
      return batch.has(column) ? batch.cursor(column).size() : 1;
    }

    /** The codes of a column that is counted by; what is not there has one value. */
    private int[] codes(int index, int count) {
      FrameColumn column = keys.get(index).column();
      if (numbered.containsKey(column)) {
        return numbered.get(column).of(batch.numbers(column), count);
      }
      return batch.has(column) ? batch.codes(column) : oneCode;
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
