package org.sysretreplay.ingest.columnar;

import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;

/**
 * The values of one column of a row group as codes, without looking at a value twice: a
 * dictionary's codes are handed on as they are, and other values are numbered behind them.
 */
public final class ColumnCursor {

  /** The code of no value. */
  public static final int NULL = -1;

  private final ColumnType type;
  private final CodeValues values;
  private final CodeReader reader;
  private final CodeCounter counter;

  /**
   * A column of numbers or of texts.
   *
   * @param ofNumber what stands for a number of the column
   * @throws IllegalArgumentException where it is of another type; the message is the reason
   */
  public ColumnCursor(ColumnDescriptor column, PageReader pages, LongUnaryOperator ofNumber) {
    type = new ColumnType(column, ofNumber);
    values = new CodeValues(type, pages.readDictionaryPage());
    ColumnPages inOrder = new ColumnPages(column, pages);
    reader = new CodeReader(type, inOrder, values);
    counter = new CodeCounter(inOrder, values, reader);
  }

  /** The codes of the next rows; there must be so many. */
  public void readCodes(int[] into, int count) {
    reader.readCodes(into, count);
  }

  /**
   * The numbers of the next rows; there must be so many. Numbers that stand beside the dictionary
   * get no code.
   *
   * @throws IllegalArgumentException where a row has none; the message is the reason
   */
  public void readNumbers(long[] into, int count) {
    reader.readNumbers(into, count);
  }

  /**
   * Counts the codes of the next rows; there must be so many. Some counts are given only when
   * {@link #drain} is called.
   */
  public void count(int rows, ValueCounts.Drain to) {
    counter.count(rows, to);
  }

  /** Gives what was counted so far and not given yet. */
  public void drain(ValueCounts.Drain to) {
    counter.drain(to);
  }

  /** How many codes there are so far. */
  public int size() {
    return values.size();
  }

  /** The number that a code stands for. */
  public long number(int code) {
    return values.number(code);
  }

  /** The text that a code stands for. */
  public String text(int code) {
    return values.text(code);
  }

  /** What a code stands for: a String or a Long. */
  public Object value(int code) {
    return type.isText() ? text(code) : (Object) number(code);
  }

  /**
   * Drops what values beside the dictionary were numbered, so that memory stays bounded: codes that
   * were read before stand for nothing any more.
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
