package org.sysretreplay.ingest.columnar;

import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;

/**
 * Reads the values of one column of a row group as codes. A dictionary's codes are handed on as
 * they are, and plain values get the codes behind them, so that each value is decoded once.
 */
public final class ColumnCursor {

  /** The code of a row without a value. */
  public static final int NULL = -1;

  private final ColumnType type;
  private final CodeValues values;
  private final CodeReader reader;
  private final CodeCounter counter;

  /**
   * A cursor at the start of a column of numbers or texts.
   *
   * @param ofNumber maps each number of the column to the one that is given
   * @throws ColumnException if it is of another type; the message is the reason
   */
  public ColumnCursor(ColumnDescriptor column, PageReader pages, LongUnaryOperator ofNumber) {
    type = new ColumnType(column, ofNumber);
    values = new CodeValues(type, pages.readDictionaryPage());
    ColumnPages inOrder = new ColumnPages(column, pages);
    reader = new CodeReader(type, inOrder, values);
    counter = new CodeCounter(inOrder, values, reader);
  }

  /** Reads the codes of the next rows; there must be so many. */
  public void readCodes(int[] into, int count) {
    reader.readCodes(into, count);
  }

  /**
   * Reads the codes of the next rows as runs of equal ones; there must be so many rows. This is
   * quick where the file has them as runs (benchmark replay/from-classes).
   */
  public void readRuns(long rows, RunDecoder.Runs to) {
    reader.readRuns(rows, to);
  }

  /**
   * Reads the numbers of the next rows; there must be so many. Plain numbers get no code.
   *
   * @throws ColumnException if a row has none; the message is the reason
   */
  public void readNumbers(long[] into, int count) {
    reader.readNumbers(into, count);
  }

  /**
   * Counts the codes of the next rows; there must be so many. Some counts are given only by {@link
   * #drain}.
   */
  public void count(int rows, ValueCounts.Drain to) {
    counter.count(rows, to);
  }

  /** Gives the counts that were not given yet. */
  public void drain(ValueCounts.Drain to) {
    counter.drain(to);
  }

  /** The number of codes so far. */
  public int size() {
    return values.size();
  }

  /** The number of a code. */
  public long number(int code) {
    return values.number(code);
  }

  /** The text of a code. */
  public String text(int code) {
    return values.text(code);
  }

  /** The value of a code: a String or a Long. */
  public Object value(int code) {
    return type.isText() ? text(code) : (Object) number(code);
  }

  /**
   * Forgets the codes of plain values, so that memory stays bounded. Codes that were read before
   * then mean nothing any more.
   */
  public void forget() {
    values.forget();
  }

  /** The name of the column. */
  @Override
  public String toString() {
    return type.toString();
  }
}
