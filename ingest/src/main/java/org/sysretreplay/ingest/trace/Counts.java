package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * How many records a trace had, and what became of them.
 *
 * @param seen all records that the recorder wrote as samples, or all lines that hold one
 * @param lost samples that the recorder itself says it lost; they are not among the seen
 * @param exits how many exits the accepted records stand for: one each, unless they were counted
 *     where they were recorded
 */
public record Counts(long seen, long accepted, long rejected, long ignored, long lost, long exits)
    implements Serializable {

  /** No records at all. */
  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

  public Counts {
    if (seen != accepted + rejected + ignored) {
      throw new IllegalArgumentException(
          "seen %d is not accepted %d + rejected %d + ignored %d"
              .formatted(seen, accepted, rejected, ignored));
    }
    if (exits < accepted) {
      throw new IllegalArgumentException(
          "%d accepted stand for %d exits".formatted(accepted, exits));
    }
  }

  /** Records of which each accepted one stands for one exit. */
  public Counts(long seen, long accepted, long rejected, long ignored, long lost) {
    this(seen, accepted, rejected, ignored, lost, accepted);
  }

  /** Whether there were records and not one of them could be taken as a frame. */
  public boolean nothingAccepted() {
    return accepted == 0 && seen > 0;
  }

  /** Whether some records stand for several exits, which were counted where they were recorded. */
  public boolean isCounted() {
    return exits > accepted;
  }

  /**
   * Adds exits of one trace.
   *
   * @throws TraceException if they are too many to be counted
   */
  public static long addExits(String source, long sum, long exits) {
    try {
      return Math.addExact(sum, exits);
    } catch (ArithmeticException e) {
      throw TraceException.of(
          source,
          "its counts add up to more exits than can be counted",
          "see that what wrote them is right",
          e);
    }
  }

  /** The counts of both. */
  public Counts plus(Counts other) {
    return new Counts(
        seen + other.seen,
        accepted + other.accepted,
        rejected + other.rejected,
        ignored + other.ignored,
        Losses.sum(lost, other.lost),
        Math.addExact(exits, other.exits));
  }
}
