package org.sysretreplay.ingest.columnar;

import java.util.Optional;

/** Counts the codes of a column's next rows, if possible without unpacking them. */
final class CodeCounter {

  private final ColumnPages pages;
  private final CodeValues values;
  private final CodeReader reader;

  /**
   * The page that was counted last, and the table of its counts if its codes are narrow enough for
   * one.
   */
  private OpenPage counted = OpenPage.NONE;

  private Optional<ValueCounts> counts = Optional.empty();

  CodeCounter(ColumnPages pages, CodeValues values, CodeReader reader) {
    this.pages = pages;
    this.values = values;
    this.reader = reader;
  }

  void count(int rows, ValueCounts.Drain to) {
    int done = 0;
    while (done < rows) {
      OpenPage page = pages.page();
      if (page != counted) {
        drain(to);
        counted = page;
        counts = countsFor(page);
      }
      int taken = page.take(rows - done);
      int present = page.present(taken);
      if (present < taken) {
        to.take(ColumnCursor.NULL, taken - present);
      }
      countPresent(page, present, to);
      done += taken;
    }
  }

  private static Optional<ValueCounts> countsFor(OpenPage page) {
    return page.codes()
        .filter(it -> it.width() <= ValueCounts.MAX_WIDTH)
        .map(it -> new ValueCounts(it.width()));
  }

  private void countPresent(OpenPage page, int count, ValueCounts.Drain to) {
    if (counts.isPresent()) {
      page.codes().orElseThrow().count(count, counts.get());
      return;
    }
    int[] codes = new int[count];
    reader.readPresent(page, codes, 0, count);
    for (int code : codes) {
      to.take(code, 1);
    }
  }

  /** Gives the counts that were not given yet. */
  void drain(ValueCounts.Drain to) {
    if (counts.isPresent()) {
      counts.get().drain((code, count) -> take(code, count, to));
    }
  }

  private void take(int code, int count, ValueCounts.Drain to) {
    values.checkInDictionary(code);
    to.take(code, count);
  }
}
