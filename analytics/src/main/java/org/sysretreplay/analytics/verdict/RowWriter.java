package org.sysretreplay.analytics.verdict;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.io.OutputFile;

/**
 * Writes rows one after the other, with the cells of a list of {@link Column}s.
 *
 * @param <R> a row
 */
public interface RowWriter<R> extends Closeable {

  /** Writes the next row. */
  void add(R row) throws IOException;

  /** Begins a file of rows. */
  static <R> RowWriter<R> of(VerdictFormat format, OutputFile target, List<Column<R>> columns)
      throws IOException {
    return switch (format) {
      case PARQUET -> new ParquetRows<>(target, columns);
      case JSONL -> new JsonRows<>(target, columns);
    };
  }
}
