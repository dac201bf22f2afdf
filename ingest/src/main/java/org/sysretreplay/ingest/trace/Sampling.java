package org.sysretreplay.ingest.trace;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * Whether a trace holds every event, or a sample of them: what its counts are of, and whether a
 * thread's next event is in it.
 *
 * @param isTold whether the trace tells
 * @param every one event of so many was recorded: 1 for all, 0 where that varies, in time or from
 *     event to event, and where the trace does not tell
 */
public record Sampling(boolean isTold, long every) implements Serializable {

  /** A trace that does not tell, and is taken for whole. */
  public static final Sampling NOT_TOLD = new Sampling(false, 0);

  /** Every event was recorded. */
  public static final Sampling WHOLE = new Sampling(true, 1);

  /** Some events were recorded, at a rate that varies. */
  public static final Sampling VARYING = new Sampling(true, 0);

  public Sampling {
    if (every < 0 || !isTold && every != 0) {
      throw new IllegalArgumentException("one of every " + every);
    }
  }

  /** One event of so many, as a recorder or a store tells it; 0 where that varies. */
  public static Sampling oneOf(long every) {
    return new Sampling(true, every);
  }

  /** The number as a store keeps it. */
  public static Sampling of(OptionalLong every) {
    return every.isPresent() ? oneOf(every.getAsLong()) : NOT_TOLD;
  }

  /** Whether events are known to be missing that nobody lost. */
  public boolean isSampled() {
    return isTold && every != 1;
  }

  /** What holds for both together: a rate, if it is one. */
  public Sampling plus(Sampling other) {
    if (!isTold || equals(other)) {
      return other;
    }
    return other.isTold ? VARYING : this;
  }

  /** How much was recorded, as in {@code one of every 101 events}. */
  public String sentence() {
    if (!isSampled()) {
      return "every event";
    }
    return every == 0
        ? "some events, at a rate that varies"
        : "one of every %,d events".formatted(every);
  }
}
