package org.sysretreplay.analytics.count;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.LongDictionary;
import org.sysretreplay.ingest.columnar.ValueCounts;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/** Counts the rows of one row group. */
final class RowGroup {

  /** How many rows are processed at a time, so that they stay in the processor's cache. */
  private static final int BATCH = 1 << 14;

  private final long rows;
  private final List<FrameCounter.Key> keys;

  /** Whether another key uses the same column, for each key. */
  private final List<Boolean> shared;

  private final FrameBatch batch;
  private final FrameClasses classes;

  /** One for each column except the last, by which the histogram counts. */
  private final List<Groups> divisions;

  private final Histogram histogram = new Histogram();
  private final int[] oneCode = new int[BATCH];

  /** The columns to count by that are also registers, and are therefore read as numbers. */
  private final Map<FrameColumn, Numbered> numbered = new EnumMap<>(FrameColumn.class);

  RowGroup(
      PageReadStore pages,
      List<FrameCounter.Key> keys,
      Map<FrameColumn, ColumnDescriptor> there,
      FrameClasses.Source source,
      Reading reading) {
    this.keys = keys;
    shared = keys.stream().map(this::isShared).toList();
    rows = pages.getRowCount();
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    needed(keys, there, source, reading)
        .forEach(it -> cursors.put(it, cursor(it, there.get(it), pages)));
    batch = new FrameBatch(cursors, BatchRegisters.COLUMNS, BATCH);
    classes = source.classes(batch, reading);
    divisions = keys.stream().skip(1).map(it -> new Groups()).toList();
    keys.stream()
        .map(FrameCounter.Key::column)
        .filter(it -> batch.has(it) && BatchRegisters.COLUMNS.contains(it))
        .forEach(it -> numbered.put(it, new Numbered()));
  }

  /** Numbers are mapped as they are read; if several keys map them differently, only at the end. */
  private ColumnCursor cursor(
      FrameColumn column, ColumnDescriptor descriptor, PageReadStore pages) {
    List<FrameCounter.Key> its = keys.stream().filter(it -> it.column() == column).toList();
    LongUnaryOperator ofNumber =
        its.size() == 1 ? its.get(0).ofNumber() : LongUnaryOperator.identity();
    return new ColumnCursor(descriptor, pages.getPageReader(descriptor), ofNumber);
  }

  private boolean isShared(FrameCounter.Key key) {
    return keys.stream().filter(it -> it.column() == key.column()).count() > 1;
  }

  private Object value(int index, int code) {
    FrameCounter.Key key = keys.get(index);
    Object value =
        numbered.containsKey(key.column())
            ? (Object) numbered.get(key.column()).codes.value(code)
            : batch.value(key.column(), code);
    return shared.get(index) && value instanceof Long number
        ? (Long) key.ofNumber().applyAsLong(number)
        : value;
  }

  void count(Map<Counted, Long> to) {
    boolean stored = classes instanceof FrameClasses.Stored;
    if (stored && keys.isEmpty()) {
      batch
          .cursor(FrameColumn.FRAME_CLASS)
          .readRuns(rows, (code, length) -> histogram.add(code, 0, length));
    } else if (stored && hasOneColumn()) {
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
   * Rows of one class are adjacent, so that the column can be counted in its packed form, one class
   * at a time (benchmark replay/from-classes).
   */
  private void countRuns(ColumnCursor stored, ColumnCursor column) {
    int[] current = {ColumnCursor.NULL};
    ValueCounts.Drain counted = (code, count) -> histogram.add(current[0], code, count);
    stored.readRuns(
        rows,
        (group, length) -> {
          if (group != current[0]) {
            column.drain(counted);
            current[0] = group;
          }
          for (int left = length; left > 0; left -= BATCH) {
            column.count(Math.min(left, BATCH), counted);
          }
        });
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

  /** The greatest group so far plus one. */
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

  /** The codes of a key's column; a missing column has one code for all rows. */
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

  /** The columns to read, as far as the file has them. */
  static Stream<FrameColumn> needed(
      List<FrameCounter.Key> keys,
      Map<FrameColumn, ColumnDescriptor> there,
      FrameClasses.Source source,
      Reading reading) {
    return Stream.concat(
            source.columns(reading).stream(), keys.stream().map(FrameCounter.Key::column))
        .distinct()
        .filter(there::containsKey);
  }

  /** The number of a class, and a value for each key. */
  record Counted(long code, List<Object> values) {}

  /** Gives codes to the numbers of a column. */
  private static final class Numbered {

    private final LongDictionary codes = new LongDictionary();
    private final int[] ofRows = new int[BATCH];

    int[] of(long[] numbers, int count) {
      for (int row = 0; row < count; row++) {
        ofRows[row] = codes.of(numbers[row]);
      }
      return ofRows;
    }
  }
}
