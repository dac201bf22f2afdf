package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.TimeUnits;

/**
 * One window of time, as reports by windows count it.
 *
 * @param column the column of windows with this width
 * @param start in nanoseconds by the recorder's clock
 */
record TimeWindow(GroupColumn column, long start) implements Serializable {

  /** The placeholder of a window in help texts. */
  static final String LABEL = "WIDTH@NS";

  /** Windows of one nanosecond, so that a frame's value is its exact time. */
  static final GroupColumn TIME = GroupColumn.window(1);

  private static final Pattern SYNTAX = Pattern.compile("(?<width>.*)@(?<start>-?\\d{1,19})");

  /** Parses a width, {@code @} and a start; empty if the text is no window. */
  static Optional<Object> parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    BigInteger written = new BigInteger(parts.group("start"));
    long start = written.longValue();
    if (!written.equals(BigInteger.valueOf(start))) {
      return Optional.empty();
    }
    return TimeUnits.nanos(parts.group("width")).stream()
        .mapToObj(GroupColumn::window)
        .filter(it -> it.ofStored(start) == start)
        .findFirst()
        .map(it -> new TimeWindow(it, start));
  }

  boolean holds(long nanos) {
    return column.ofStored(nanos) == start;
  }

  @Override
  public String toString() {
    return TimeUnits.text(column.nanos()) + "@" + start;
  }
}
