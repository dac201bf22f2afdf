package org.sysretreplay.ingest.frames;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.columnar.ColumnCursor;

/**
 * A batch of rows of a row group: each wanted column as an array of dictionary codes or of numbers.
 */
public final class FrameBatch {

  private final Map<FrameColumn, ColumnCursor> cursors;
  private final Map<FrameColumn, int[]> codes = new EnumMap<>(FrameColumn.class);
  private final Map<FrameColumn, long[]> numbers = new EnumMap<>(FrameColumn.class);

  /**
   * A batch at the start of a row group; {@link #read} fills it.
   *
   * @param asNumbers the columns that are read as numbers; every row has to have a value in them
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
   * Reads the next rows; there must be so many.
   *
   * @throws IllegalArgumentException if a row has no number; the message is the reason
   */
  public void read(int count) {
    codes.forEach((column, into) -> cursors.get(column).readCodes(into, count));
    numbers.forEach((column, into) -> cursors.get(column).readNumbers(into, count));
  }

  /**
   * Forgets the codes of values that stand beside dictionaries, so that memory stays bounded. Codes
   * of earlier rows then mean nothing any more.
   */
  public void forget() {
    cursors.values().forEach(ColumnCursor::forget);
  }

  /** Whether the file has the column, and it was wanted. */
  public boolean has(FrameColumn column) {
    return cursors.containsKey(column);
  }

  /** The values of a column that is read as numbers. */
  public long[] numbers(FrameColumn column) {
    return numbers.get(column);
  }

  /** The codes of a column that the file has and that is not read as numbers. */
  public int[] codes(FrameColumn column) {
    return codes.get(column);
  }

  /** The cursor of a column, which gives the values of its codes; null if the file lacks it. */
  public ColumnCursor cursor(FrameColumn column) {
    return cursors.get(column);
  }

  /** The number in a row; empty if the row or the file has none. */
  public OptionalLong number(FrameColumn column, int row) {
    int code = has(column) ? codes(column)[row] : ColumnCursor.NULL;
    return code == ColumnCursor.NULL
        ? OptionalLong.empty()
        : OptionalLong.of(cursor(column).number(code));
  }

  /** The text in a row; empty if the row or the file has none. */
  public Optional<String> text(FrameColumn column, int row) {
    int code = has(column) ? codes(column)[row] : ColumnCursor.NULL;
    return code == ColumnCursor.NULL ? Optional.empty() : Optional.of(cursor(column).text(code));
  }

  /** A view of one row, valid until the next rows are read. No column may be read as numbers. */
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

  /** The value of a column's code: a String, a Long or null. */
  public Object value(FrameColumn column, int code) {
    return has(column) && code != ColumnCursor.NULL ? cursor(column).value(code) : null;
  }
}
