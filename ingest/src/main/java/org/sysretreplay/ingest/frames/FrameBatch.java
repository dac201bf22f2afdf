package org.sysretreplay.ingest.frames;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.columnar.ColumnCursor;

/** Some columns of some rows of a row group as codes or as numbers, row after row. */
public final class FrameBatch {

  private final Map<FrameColumn, ColumnCursor> cursors;
  private final Map<FrameColumn, int[]> codes = new EnumMap<>(FrameColumn.class);
  private final Map<FrameColumn, long[]> numbers = new EnumMap<>(FrameColumn.class);

  /**
   * The columns from the start of a row group.
   *
   * @param asNumbers which of them are read as numbers, which every row has to have
   * @param capacity how many rows are read at once at most
   */
  public FrameBatch(
      Map<FrameColumn, ColumnCursor> cursors, Collection<FrameColumn> asNumbers, int capacity) {
    this.cursors = cursors;
    for (FrameColumn column : cursors.keySet()) {
      if (asNumbers.contains(column)) {
        numbers.put(column, new long[capacity]);
      } else {
        codes.put(column, new int[capacity]);
      }
    }
  }

  /**
   * Goes on to the next rows; there must be so many.
   *
   * @throws IllegalArgumentException where a row has no number; the message is the reason
   */
  public void read(int count) {
    codes.forEach((column, into) -> cursors.get(column).readCodes(into, count));
    numbers.forEach((column, into) -> cursors.get(column).readNumbers(into, count));
  }

  /** Drops what the rows read so far held beside dictionaries. */
  public void forget() {
    cursors.values().forEach(ColumnCursor::forget);
  }

  public boolean has(FrameColumn column) {
    return cursors.containsKey(column);
  }

  /** The numbers of a column that is read as such. */
  public long[] numbers(FrameColumn column) {
    return numbers.get(column);
  }

  /** The codes of a column that is there and not read as numbers. */
  public int[] codes(FrameColumn column) {
    return codes.get(column);
  }

  public ColumnCursor cursor(FrameColumn column) {
    return cursors.get(column);
  }

  /** The number in a row; none where the row or the file has none. */
  public OptionalLong number(FrameColumn column, int row) {
    int code = has(column) ? codes(column)[row] : ColumnCursor.NULL;
    return code == ColumnCursor.NULL
        ? OptionalLong.empty()
        : OptionalLong.of(cursor(column).number(code));
  }

  /** The text in a row; none where the row or the file has none. */
  public Optional<String> text(FrameColumn column, int row) {
    int code = has(column) ? codes(column)[row] : ColumnCursor.NULL;
    return code == ColumnCursor.NULL ? Optional.empty() : Optional.of(cursor(column).text(code));
  }

  /** A row of which no column is read as numbers, until the batch goes on. */
  public FrameRow row(int row) {
    return new FrameRow() {
      @Override
      public OptionalLong number(FrameColumn column) {
        return FrameBatch.this.number(column, row);
      }

      @Override
      public Optional<String> text(FrameColumn column) {
        return FrameBatch.this.text(column, row);
      }
    };
  }

  /** What a code of a column stands for: a String, a Long or null. */
  public Object value(FrameColumn column, int code) {
    return has(column) && code != ColumnCursor.NULL ? cursor(column).value(code) : null;
  }
}
