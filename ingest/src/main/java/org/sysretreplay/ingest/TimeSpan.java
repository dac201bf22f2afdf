package org.sysretreplay.ingest;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * From the earliest of some times to the latest, in nanoseconds of one recorder's clock.
 *
 * @param first above {@code last} where there is no time at all
 */
public record TimeSpan(long first, long last) implements Serializable {

  /** Of no time. */
  public static final TimeSpan NONE = new TimeSpan(Long.MAX_VALUE, Long.MIN_VALUE);

  /** This span and one more time, where there is one. */
  public TimeSpan plus(OptionalLong time) {
    if (time.isEmpty()) {
      return this;
    }
    long at = time.getAsLong();
    return at >= first && at <= last ? this : new TimeSpan(Math.min(first, at), Math.max(last, at));
  }

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
