package org.sysretreplay.analytics.verdict;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A column of what is written row by row: its key in JSON, its name in Parquet and CSV.
 *
 * @param type what the cells are
 * @param canBeNull whether a row may have no value
 * @param sentence what the column says
 * @param value the cell of a row: of the class that the type names, or null
 * @param <R> a row
 */
public record Column<R>(
    String key, Type type, boolean canBeNull, String sentence, Function<R, Object> value) {

  /** What the cells of a column are. */
  public enum Type {
    /** A {@code String}. */
    TEXT,
    /** A {@code Long}. */
    NUMBER,
    /** A {@code Long} that is a pattern of 64 bits: {@code "0x..."} in JSON and CSV. */
    REGISTER,
    /** A {@code Double} from 0 to 1. */
    SHARE,
    /** A {@code List} of {@code String}s, which is never null. */
    NAMES,
    /** A {@code Map} from {@code String}s to {@code Long}s, which is never null. */
    COUNTS
  }

  /** The cell of a row. */
  public Object of(R row) {
    return value.apply(row);
  }

  /** The same column of rows that hold such a one. */
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
