package org.sysretreplay.analytics.spark;

import java.util.function.Function;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.ingest.TraceException;

/**
 * A column of text whose values are the keys of an enum's constants. Neighbouring rows mostly have
 * equal values, so the last one is tried first.
 */
final class KeyColumn<E extends Enum<E>> {

  private final String name;
  private final E[] constants;
  private final UTF8String[] keys;
  private ColumnVector column;
  private int last;

  KeyColumn(String name, E[] constants, Function<E, String> key) {
    this.name = name;
    this.constants = constants;
    keys = new UTF8String[constants.length];
    for (E constant : constants) {
      keys[constant.ordinal()] = UTF8String.fromString(key.apply(constant));
    }
  }

  void moveTo(ColumnVector next) {
    column = next;
  }

  /** Whether the row has no value. */
  boolean isNull(int row) {
    return column.isNullAt(row);
  }

  /** The constant in a row that has a value. */
  E get(int row) {
    UTF8String key = column.getUTF8String(row);
    if (!keys[last].equals(key)) {
      last = indexOf(key);
    }
    return constants[last];
  }

  private int indexOf(UTF8String key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    throw TraceException.of(
        "the store", name + " \"" + key + "\" is unknown", "ingest the trace again");
  }
}
