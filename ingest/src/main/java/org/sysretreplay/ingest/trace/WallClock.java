package org.sysretreplay.ingest.trace;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * The offset of the recorder's clock to the time of day when the recording began.
 *
 * @param isKnown whether the trace tells the offset
 * @param offsetNanos what to add to a time of the recorder's clock to get nanoseconds since 1970 in
 *     UTC; 0 if that is not known
 */
public record WallClock(boolean isKnown, long offsetNanos) implements Serializable {

  /** The offset is not known. */
  public static final WallClock UNKNOWN = new WallClock(false, 0);

  /**
   * The offset between two clocks that were read at the same moment.
   *
   * @param wallNanos since 1970 in UTC
   * @param recorderNanos on the recorder's clock
   */
  public static WallClock of(long wallNanos, long recorderNanos) {
    return wallNanos < 0 || recorderNanos < 0
        ? UNKNOWN
        : new WallClock(true, wallNanos - recorderNanos);
  }

  /** The offset as a store keeps it; empty if it is not known. */
  public static WallClock of(OptionalLong offsetNanos) {
    return offsetNanos.isPresent() ? new WallClock(true, offsetNanos.getAsLong()) : UNKNOWN;
  }
}
