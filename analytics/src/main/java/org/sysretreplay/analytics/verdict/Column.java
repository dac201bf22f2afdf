package org.sysretreplay.analytics.verdict;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A column of an output that is written row by row.
 *
 * @param key the key in JSON, and the name in Parquet and CSV
 * @param type the type of the cells
 * @param canBeNull whether cells can be null
 * @param sentence what the column means
 * @param value gives the cell of a row: an object of the class that the type names, or null
 * @param <R> a row
 */
public record Column<R>(
    String key, Type type, boolean canBeNull, String sentence, Function<R, Object> value) {

  /** The type of a column's cells. */
  public enum Type {
    /** A {@code String}. */
    TEXT,
    /** A {@code Long}. */
    NUMBER,
    /** A {@code Long} of 64 unsigned bits, written as {@code "0x..."} in JSON and CSV. */
    REGISTER,
    /** A {@code Double} from 0 to 1. */
    SHARE,
    /** A {@code List} of {@code String}s; never null. */
    NAMES,
    /** A {@code Map} from {@code String}s to {@code Long}s; never null. */
    COUNTS
  }

  /** The cell of a row. */
  public Object of(R row) {
    return value.apply(row);
  }

  /** The same column for rows that contain such a row. */
  public <S> Column<S> in(Function<S, R> row) {
    return new Column<>(key, type, canBeNull, sentence, value.compose(row));
  }

  /** The counts in a cell of counts. */
  static Map<?, ?> counts(Object cell) {
    return (Map<?, ?>) cell;
  }

  /** The names in a cell of names. */
  static List<?> names(Object cell) {
    return (List<?>) cell;
  }
}
