package org.sysretreplay.analytics.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * Reads a batch's column whose values are the keys of an enum; each code is looked up once.
 *
 * @param <E> the enum
 */
final class KeyColumn<E> {

  private final FrameBatch batch;
  private final FrameColumn column;
  private final Function<String, Optional<E>> ofKey;
  private final List<Optional<E>> byCode = new ArrayList<>();

  KeyColumn(FrameBatch batch, FrameColumn column, Function<String, Optional<E>> ofKey) {
    this.batch = batch;
    this.column = column;
    this.ofKey = ofKey;
  }

  /** The constant in a row; empty if the row has none. */
  Optional<E> at(int row) {
    int code = batch.has(column) ? batch.codes(column)[row] : ColumnCursor.NULL;
    if (code == ColumnCursor.NULL) {
      return Optional.empty();
    }
    while (byCode.size() <= code) {
      byCode.add(Optional.of(constant(batch.cursor(column).text(byCode.size()))));
    }
    return byCode.get(code);
  }

  /**
   * The constant in a row.
   *
   * @throws IllegalArgumentException if the row has none; the message is the reason
   */
  E given(int row) {
    return at(row).orElseThrow(() -> missing(column));
  }

  static IllegalArgumentException missing(FrameColumn column) {
    return new IllegalArgumentException("column " + column.key() + " has rows without a value");
  }

  /**
   * The constant with this key.
   *
   * @throws IllegalArgumentException if there is none; the message is the reason
   */
  E constant(String key) {
    return ofKey
        .apply(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "column %s holds \"%s\", which is unknown".formatted(column.key(), key)));
  }
}
