package org.sysretreplay.ingest.store;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.ExecutableMap;

/**
 * The columns of {@code maps} in their order, except for the trace of a mapping, which is its
 * folder. The lower-case names are a contract.
 */
public enum MapColumn {
  PID("the process", ExecutableMap::pid),
  SINCE_NS(
      "from which time on, on the recorder's clock; null where it was there before the recording",
      it -> number(it.since())),
  UNTIL_NS(
      "when its process started another program, or its number went to another; null where neither was seen",
      it -> number(it.until())),
  START("the first address, a 64-bit pattern", ExecutableMap::start),
  LENGTH("how many bytes are mapped", ExecutableMap::length),
  FILE_OFFSET("where in the file the first of them is", ExecutableMap::offset),
  FILE("the file, as the kernel names it, or what is none: [vdso], //anon", ExecutableMap::path);

  private final String sentence;
  private final Function<ExecutableMap, Object> value;

  MapColumn(String sentence, Function<ExecutableMap, Object> value) {
    this.sentence = sentence;
    this.value = value;
  }

  private static Long number(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }

  /** The name of the column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The meaning of the column, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Whether every row has a value. */
  boolean isAlwaysThere() {
    return this != SINCE_NS && this != UNTIL_NS;
  }

  /** Whether it holds numbers; otherwise it holds text. */
  boolean isNumber() {
    return this != FILE;
  }

  /** The column's value of a mapping: a Long, a String or null. */
  public Object of(ExecutableMap map) {
    return value.apply(map);
  }
}
