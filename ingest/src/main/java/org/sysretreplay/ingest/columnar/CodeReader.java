package org.sysretreplay.ingest.columnar;

import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Reads a column's next rows into arrays, as codes or as numbers. */
final class CodeReader {

  /** How many rows that are not stored as runs are read at a time. */
  private static final int RUN_BATCH = 1 << 14;

  private final ColumnType type;
  private final ColumnPages pages;
  private final CodeValues values;

  /** 1 for each row that has a value, else 0. */
  private int[] levels = {};

  /** The codes of the rows that have a value. */
  private int[] present = {};

  CodeReader(ColumnType type, ColumnPages pages, CodeValues values) {
    this.type = type;
    this.pages = pages;
    this.values = values;
  }

  void readCodes(int[] into, int count) {
    int from = 0;
    while (from < count) {
      OpenPage page = pages.page();
      int rows = page.take(count - from);
      if (page.isAllNull()) {
        Arrays.fill(into, from, from + rows, ColumnCursor.NULL);
      } else if (page.levels().isEmpty()) {
        readPresent(page, into, from, rows);
      } else {
        readSparse(page, into, from, rows);
      }
      from += rows;
    }
  }

  /** Reads the next rows' codes as runs. */
  void readRuns(long count, RunDecoder.Runs to) {
    long left = count;
    while (left > 0) {
      OpenPage page = pages.page();
      boolean inRuns = page.isAllNull() || page.codes().isPresent() && page.levels().isEmpty();
      left -= inRuns ? giveRuns(page, left, to) : giveBatch(left, to);
    }
  }

  /** Gives a page as it is stored. */
  private int giveRuns(OpenPage page, long atMost, RunDecoder.Runs to) {
    int rows = page.take((int) Math.min(atMost, Integer.MAX_VALUE));
    if (page.isAllNull()) {
      to.take(ColumnCursor.NULL, rows);
    } else {
      page.codes().orElseThrow().readRuns(rows, (code, length) -> giveRun(code, length, to));
    }
    return rows;
  }

  private void giveRun(int code, int length, RunDecoder.Runs to) {
    values.checkInDictionary(code);
    to.take(code, length);
  }

  /** Looks for runs in rows that are not stored as such. */
  private int giveBatch(long atMost, RunDecoder.Runs to) {
    int rows = (int) Math.min(atMost, RUN_BATCH);
    int[] codes = new int[rows];
    readCodes(codes, rows);
    RunDecoder.giveRuns(codes, 0, rows, to);
    return rows;
  }

  /** Reads codes of rows that all have a value. */
  void readPresent(OpenPage page, int[] into, int from, int count) {
    if (page.codes().isPresent()) {
      page.codes().get().read(into, from, count);
      values.checkInDictionary(into, from, count);
    } else {
      values.codesOf(page.plain(), into, from, count);
    }
  }

  private void readSparse(OpenPage page, int[] into, int from, int rows) {
    int count = readLevels(page, rows);
    if (count == rows) {
      readPresent(page, into, from, rows);
      return;
    }
    int[] codes = present(count);
    readPresent(page, codes, 0, count);
    int next = 0;
    for (int i = 0; i < rows; i++) {
      into[from + i] = levels[i] == 1 ? codes[next++] : ColumnCursor.NULL;
    }
  }

  /** Reads the levels, and gives how many rows have a value. */
  private int readLevels(OpenPage page, int rows) {
    if (levels.length < rows) {
      levels = new int[rows];
    }
    page.levels().orElseThrow().read(levels, 0, rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      count += levels[i];
    }
    return count;
  }

  private int[] present(int rows) {
    if (present.length < rows) {
      present = new int[rows];
    }
    return present;
  }

  void readNumbers(long[] into, int count) {
    int from = 0;
    while (from < count) {
      OpenPage page = pages.page();
      int rows = page.take(count - from);
      if (page.present(rows) < rows) {
        throw new ColumnException("column " + type + " has rows without a value");
      }
      if (page.codes().isPresent()) {
        readCoded(page.codes().get(), into, from, rows);
      } else {
        readPlain(page.plain(), into, from, rows);
      }
      from += rows;
    }
  }

  private void readCoded(RunDecoder coded, long[] into, int from, int count) {
    int[] codes = present(count);
    coded.read(codes, 0, count);
    values.checkInDictionary(codes, 0, count);
    values.numbers(codes, count, into, from);
  }

  private void readPlain(ValuesReader plain, long[] into, int from, int count) {
    for (int i = from; i < from + count; i++) {
      into[i] = type.number(plain);
    }
  }
}
