package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * The span from the earliest to the latest time, in nanoseconds of one recorder's clock.
 *
 * @param first greater than {@code last} if the span is empty
 */
public record TimeSpan(long first, long last) implements Serializable {

  /** The empty span. */
  public static final TimeSpan NONE = new TimeSpan(Long.MAX_VALUE, Long.MIN_VALUE);

  /** The smallest span that holds both. */
  public TimeSpan plus(TimeSpan other) {
    return new TimeSpan(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** Whether the span holds no time. */
  public boolean isEmpty() {
    return first > last;
  }

  /** The length in nanoseconds; 0 if the span is empty, at most the greatest number. */
  public long nanos() {
    long length = last - first;
    return isEmpty() ? 0 : length < 0 ? Long.MAX_VALUE : length;
  }
}
