package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * From the earliest of some times to the latest, in nanoseconds of one recorder's clock.
 *
 * @param first above {@code last} where there is no time at all
 */
public record TimeSpan(long first, long last) implements Serializable {

  /** Of no time. */
  public static final TimeSpan NONE = new TimeSpan(Long.MAX_VALUE, Long.MIN_VALUE);

  /** The times of both spans. */
  public TimeSpan plus(TimeSpan other) {
    return new TimeSpan(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** Whether there is no time. */
  public boolean isEmpty() {
    return first > last;
  }

  /** How long it is, in nanoseconds; 0 where there is no time. */
  public long nanos() {
    return isEmpty() ? 0 : last - first;
  }
}
