package org.sysretreplay.ingest.trace;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * How the recorder's clock stood against the time of day when the recording began.
 *
 * @param isKnown whether the trace tells
 * @param offsetNanos what to add to a time of the recorder's clock for nanoseconds since 1970 in
 *     UTC; 0 where that is not known
 */
public record WallClock(boolean isKnown, long offsetNanos) implements Serializable {

  /** A trace that does not tell. */
  public static final WallClock UNKNOWN = new WallClock(false, 0);

  /**
   * Two readings of the same moment.
   *
   * @param wallNanos since 1970 in UTC
   * @param recorderNanos on the recorder's clock
   */
  public static WallClock of(long wallNanos, long recorderNanos) {
    return wallNanos < 0 || recorderNanos < 0
        ? UNKNOWN
        : new WallClock(true, wallNanos - recorderNanos);
  }

  /** A clock that stands so, as a store keeps it. */
  public static WallClock of(OptionalLong offsetNanos) {
    return offsetNanos.isPresent() ? new WallClock(true, offsetNanos.getAsLong()) : UNKNOWN;
  }
}
