package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;

/** Opens the pages of a column one after the other. */
final class ColumnPages {

  private final ColumnDescriptor column;
  private final PageReader pages;
  private OpenPage open = OpenPage.NONE;

  ColumnPages(ColumnDescriptor column, PageReader pages) {
    this.column = column;
    this.pages = pages;
  }

  /** The page with the next row; there must be one. */
  OpenPage page() {
    // A page may be empty.
    while (open.isAtEnd()) {
      open = next();
    }
    return open;
  }

  private OpenPage next() {
    try {
      return OpenPage.of(column, pages.readPage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
